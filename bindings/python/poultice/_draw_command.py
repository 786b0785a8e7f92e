"""`poultice-draw study.toml`: prints the drawn members of a study as CSV, paths first, numbers in SI. The
compiled program reads that when it plans a sweep."""

from __future__ import annotations

import argparse
import csv
import sys

from poultice.errors import Error

BAD_INPUT = 2
INTERRUPTED = 130


def main(arguments: list[str] | None = None) -> int:
    """Exit status: 0 printed, 2 bad input, 130 interrupted."""
    options = _parser().parse_args(arguments)
    try:
        _print_draws(options.study, options.settings)
    except (Error, ImportError) as error:
        print(f"poultice: {error}", file=sys.stderr)
        return BAD_INPUT
    except KeyboardInterrupt:
        return INTERRUPTED
    return 0


def _parser() -> argparse.ArgumentParser:
    about = "Prints the members that a study draws from its distributions, as CSV in SI units."
    parser = argparse.ArgumentParser(prog="poultice-draw", description=about)
    parser.add_argument("study", metavar="STUDY.toml", help="a scenario with a table [sweep]")
    about = "another value for one parameter, as in --set sweep.n=64; may be repeated"
    parser.add_argument(
        "--set", dest="settings", type=_pair, action="append", default=[], metavar="KEY=VALUE", help=about
    )
    return parser


def _pair(setting: str) -> tuple[str, str]:
    key, equals, value = setting.partition("=")
    if not (key and equals):
        raise argparse.ArgumentTypeError(f"a key and a value are needed, not {setting!r}")
    return key, value


def _print_draws(study: str, settings: list[tuple[str, str]]) -> None:
    from poultice import _core
    from poultice._design import draw

    drawn = draw(_core.load_study(study, settings))
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(drawn)
    # repr() gives the shortest text that reads back as the very same number.
    columns = [
        column if isinstance(column, list) else map(repr, column.tolist()) for column in drawn.values()
    ]
    writer.writerows(zip(*columns, strict=True))


if __name__ == "__main__":
    sys.exit(main())
