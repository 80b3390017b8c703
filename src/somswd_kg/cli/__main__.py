"""Run the command line with `python -m somswd_kg.cli`."""

from somswd_kg.cli import main

main()
