"""Prompts and schemas as files that people work on: listed, begun, compared, checked and released.

`summarizer.artifact` finds and reads them; what is here is for those who make them, and no briefing needs it.
"""
