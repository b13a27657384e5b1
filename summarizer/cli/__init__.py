"""The command line: results on standard output, everything else on standard error, one error boundary."""

from __future__ import annotations

import sys
import traceback

import click

from summarizer import __version__
from summarizer.cli.batch import batch
from summarizer.cli.brief import brief
from summarizer.cli.cache import cache
from summarizer.cli.cassettes import cassettes
from summarizer.cli.diff import diff
from summarizer.cli.evaluate import evaluate
from summarizer.cli.gold import gold
from summarizer.cli.models import models
from summarizer.cli.prompts import prompts
from summarizer.cli.runs import runs
from summarizer.cli.schemas import schemas
from summarizer.cli.verify import verify
from summarizer.cli.view import view
from summarizer.cli.watch import watch
from summarizer.errors import SummarizerError, UsageError
from summarizer.text import visible
from summarizer.watch import say

BUG = 70
INTERRUPTED = 130


def main() -> None:
    """Runs the command line; exits with the code of the error, 70 for a bug, 130 for Ctrl-C."""
    sys.exit(run(sys.argv[1:]))


def run(arguments: list[str]) -> int:
    """Runs the command line with these arguments and returns its exit code."""
    try:
        code = commands.main(arguments, prog_name="summarizer", standalone_mode=False)
    except SummarizerError as error:
        return _report(error)
    except click.exceptions.NoArgsIsHelpError as error:
        say(error.format_message())
        return UsageError.exit_code
    except click.ClickException as error:
        return _report(UsageError(error.format_message(), tip="summarizer --help"))
    except (KeyboardInterrupt, click.Abort):
        say("Stopped.")
        return INTERRUPTED
    except Exception:  # noqa: BLE001  # the one boundary: a bug of ours is shown whole, what it quotes made safe
        say(visible(traceback.format_exc()))
        return BUG
    return code if isinstance(code, int) else 0


def _report(error: SummarizerError) -> int:
    say(f"ERROR {visible(error.message)}")
    if error.tip:
        say(f"TIP   {visible(error.tip)}")
    return error.exit_code


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="summarizer")
def commands() -> None:
    """Turns news articles into briefings that can be checked."""
    for stream in (sys.stdout, sys.stderr):
        # A character that the terminal's encoding lacks is shown as an escape, not as a crash.
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")


for command in (
    brief,
    batch,
    watch,
    runs,
    view,
    verify,
    diff,
    evaluate,
    gold,
    prompts,
    schemas,
    cassettes,
    cache,
    models,
):
    commands.add_command(command)
