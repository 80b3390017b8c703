"""`somswd-kg compact`."""

from __future__ import annotations

from pathlib import Path

import click


@click.command("compact")
@click.argument("store", type=click.Path(path_type=Path))
def command(store: Path) -> None:
    """Rebuild a store on disk without what replaced graphs have left behind.

    Whoever reads the store meanwhile goes on reading what was there before.

    Example: somswd-kg compact portfolio/
    """
    from somswd_kg.stores.embedded import EmbeddedStore

    opened = EmbeddedStore.open(store)
    opened.compact()
    count = len(opened.graph_names())
    click.echo(f"{store}: rebuilt with {count} graph{'' if count == 1 else 's'}", err=True)
