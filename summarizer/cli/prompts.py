"""`summarizer prompts`: what prompts there are, what they send, and how a new version comes to be."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from summarizer.cli.options import project_of, project_option, schema_option
from summarizer.cli.output import color, put, stdout
from summarizer.cli.versions import colored, project_to_write, put_audit, put_list, put_released, put_text, table
from summarizer.errors import ArtifactError, UsageError
from summarizer.text import json_safe, visible

if TYPE_CHECKING:
    from summarizer.briefing import BaseBriefing
    from summarizer.project import Project
    from summarizer.prompt import Message
    from summarizer.recipe import Recipe
    from summarizer.source import Source
    from summarizer.versions.scaffold import Made

Command = Callable[..., None]


def _article_options(command: Command) -> Command:
    for option in (
        click.option("--language", metavar="CODE", help="Language. Default: what a page says, else en."),
        click.option("--title", help="Title of the article."),
        click.option("--published", metavar="YYYY-MM-DD", help="Day of publication."),
    ):
        command = option(command)
    return command


@click.group()
def prompts() -> None:
    """Prompts: list, show, render, new, diff, check, release."""


@prompts.command("list")
@click.option("-f", "--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@project_option
def prompts_list(form: str, project: Path | None) -> None:
    """Lists every version: its name, whether it is released, whose it is, its hash, and its description."""
    put_list("prompts", project, form)


@prompts.command("show")
@click.argument("reference", metavar="NAME[@N]")
@project_option
def prompts_show(reference: str, project: Path | None) -> None:
    """Prints the text of one version; of the newest one where only a name is given."""
    put_text("prompts", reference, project)


@prompts.command("render")
@click.argument("given", metavar="[PROMPT] ARTICLE", nargs=-1, required=True)
@click.option("--prompt", metavar="NAME@N", help="Default: the newest one that is called as the kind.")
@schema_option
@_article_options
@click.option("-f", "--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@project_option
def prompts_render(
    given: tuple[str, ...], prompt: str | None, schema: str | None, form: str, project: Path | None, **known: Any
) -> None:
    """Shows the messages that would be sent for an article, which is given as to brief. Asks no model.

    As JSON they are byte for byte what is sent; for a long document, a list of messages for each of its parts.
    """
    from summarizer import web
    from summarizer.versions import transcript

    if len(given) > 2 or (len(given) == 2 and prompt):
        raise UsageError("Give one article, and one prompt at most.", tip="summarizer prompts render briefing@1 FILE")
    recipe = _recipe(prompt or (given[0] if len(given) == 2 else None), schema, project_of(project))
    source = web.read(given[-1], **known)
    asked = [each.messages for each in recipe.requests(recipe.document(source), source.published)]
    if form == "json":
        put(json_safe(transcript.as_json(asked[0] if len(asked) == 1 else asked), stdout().encoding))
    else:
        put("\n".join(map(transcript.text, asked)))


@prompts.command("new")
@click.argument("name")
@click.option("--from", "origin", metavar="NAME[@N]", help="Prompt to copy. Default: the newest version of NAME.")
@click.option("--schema", "kind", metavar="KIND", help="Make it from the class of this kind instead.")
@project_option
def prompts_new(name: str, origin: str | None, kind: str | None, project: Path | None) -> None:
    """Writes the next version of a prompt, to be edited and then released. Nothing that is there is touched.

    It is a copy of the newest version; where there is none, a first prompt made from the class of the kind NAME.
    """
    from summarizer.versions.scaffold import make

    if origin and kind:
        raise UsageError("--from and --schema contradict each other.", tip="Leave one of them out.")
    put(_what_next(make(name, project_to_write("prompts", project), origin=origin, kind=kind)))


@prompts.command("diff")
@click.argument("old", metavar="OLD")
@click.argument("new", metavar="NEW")
@click.argument("article", metavar="[ARTICLE]", required=False)
@click.option("--run", is_flag=True, help="Make both briefings of the article, and show where they differ.")
@click.option("-m", "--model", metavar="PROVIDER/MODEL", help="As in brief; for --run.")
@click.option("--base-url", metavar="URL", help="As in brief; for --run.")
@schema_option
@_article_options
@project_option
def prompts_diff(
    old: str,
    new: str,
    article: str | None,
    model: str | None,
    base_url: str | None,
    schema: str | None,
    project: Path | None,
    *,
    run: bool,
    **known: Any,
) -> None:
    """Shows what changed between two versions, and with an article what that changes in what is sent.

    With --run, it shows too what it changes in the briefing.
    """
    from summarizer import web
    from summarizer.prompt import Prompt
    from summarizer.versions.transcript import difference

    if article is None and (run or model or base_url):
        raise UsageError(
            "Without an article there is nothing to run.", tip="summarizer prompts diff OLD NEW ARTICLE --run"
        )
    around = project_of(project)
    before, after = Prompt.load(old, around).artifact, Prompt.load(new, around).artifact
    put(colored(difference(before.text, after.text, (before.id, after.id))) or "The texts are the same.\n")
    if article is None:
        return
    source = web.read(article, **known)
    recipes = _recipe(before.id, schema, around), _recipe(after.id, schema, around)
    put(_sent(*recipes, source))
    if run:
        put(_said(*(_briefing(each, source, around, model, base_url) for each in recipes)))


@prompts.command("check")
@click.argument("names", metavar="[NAME]...", nargs=-1)
@project_option
def prompts_check(names: tuple[str, ...], project: Path | None) -> None:
    """Checks that released prompts are unchanged, and that every prompt can be used.

    Lists everything that is wrong, then exits with 5.
    """
    put_audit("prompts", names, project)


@prompts.command("release")
@click.argument("references", metavar="[NAME[@N]]...", nargs=-1)
@project_option
def prompts_release(references: tuple[str, ...], project: Path | None) -> None:
    """Locks versions, those named or every new one; a locked one never changes."""
    put_released("prompts", references, project)


def _recipe(prompt: str | None, schema: str | None, project: Project | None) -> Recipe:
    """The recipe with a prompt; for the kind that the prompt was written for, where no other is given."""
    from summarizer.prompt import Prompt
    from summarizer.recipe import Recipe

    if prompt and not schema:
        written = Prompt.load(prompt, project).schema
        if written is None:
            raise ArtifactError(f"The prompt {prompt} asks for no draft.", tip="Name one that has a schema.")
        schema = written.partition("@")[0].removesuffix("-draft")
    return Recipe.of(schema or "briefing", prompt, project)


def _what_next(made: Made) -> str:
    new, kind = made.artifact, made.kind.name if made.kind else None
    like = f" --schema {kind}" if kind and kind != "briefing" else ""
    lines = [
        f"{visible(str(new.path))}\n",
        f"{new.id} is {f'a copy of {made.origin}' if made.origin else f'made from the class of {kind}'}.",
    ]
    if made.renewed:
        lines.append("Its schema is the newest one of the kind, which is not that of the original.")
    if made.unnamed:
        lines.append(f"It says nothing of {', '.join(made.unnamed)}.")
    compare = f"summarizer prompts diff {made.origin} {new.id} ARTICLE --run" if made.origin else None
    steps = [
        ("see what is sent", f"summarizer prompts render {new.id} ARTICLE"),
        ("try it", f"summarizer brief ARTICLE{like} --prompt {new.id}"),
        *([("compare", compare)] if compare else []),
        ("lock it", f"summarizer prompts release {new.id}"),
    ]
    return "\n".join([*lines, "", *(f"{what + ':':<18}{command}" for what, command in steps), ""])


def _sent(old: Recipe, new: Recipe, source: Source) -> str:
    """What is sent for an article by two prompts: the difference, and how much it is."""
    from summarizer.versions import transcript

    ids = old.prompt.artifact.id, new.prompt.artifact.id
    both = [_asked(each, source) for each in (old, new)]
    texts = [transcript.text(each) for each in both]
    lines = transcript.difference(texts[0], texts[1], (f"{ids[0]} as sent", f"{ids[1]} as sent"))
    return f"\n{colored(lines) or 'What is sent is the same.'}\n{_sizes(ids, both)}"


def _asked(recipe: Recipe, source: Source) -> list[Message]:
    """The messages of all parts, one after the other."""
    requests = recipe.requests(recipe.document(source), source.published)
    return [message for request in requests for message in request.messages]


def _sizes(ids: tuple[str, str], both: list[list[Message]]) -> str:
    from summarizer.versions import transcript

    counter = transcript.counter()
    old, new = (transcript.size(each, counter) for each in both)
    rows: list[tuple[str, ...]] = [("", *ids, "change")]
    for name in ("messages", "characters", "words", "tokens"):
        counts = getattr(old, name), getattr(new, name)
        if None not in counts:
            rows.append((name, *(f"{each:,}" for each in counts), f"{counts[1] - counts[0]:+,}"))
    counted = (
        "Tokens are those of the embedded model."
        if counter
        else ("Tokens are not counted: the embedded model, whose tokenizer counts them, is not installed.")
    )
    return f"{table(rows)}{counted}\n"


def _briefing(
    recipe: Recipe, source: Source, project: Project | None, model: str | None, base_url: str | None
) -> BaseBriefing:
    from summarizer.settings import Settings
    from summarizer.summarize import Summarizer
    from summarizer.watch import Terminal

    settings = Settings(model=model, base_url=base_url, prompt=recipe.prompt.artifact.id, project=project)
    with Summarizer(settings, schema=recipe.kind.cls, watcher=Terminal()) as summarizer:
        return summarizer.brief(source)


def _said(old: BaseBriefing, new: BaseBriefing) -> str:
    """What two briefings of one article say differently, item by item."""
    from summarizer.difference import compare
    from summarizer.report.compared import terminal

    return f"\n{terminal(compare(old, new), color=color())}"
