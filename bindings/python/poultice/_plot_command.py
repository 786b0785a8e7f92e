"""`poultice plot R.h5`: draws a result file. The compiled program hands over to this."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

from poultice._figure_names import NAMES
from poultice.errors import Error, FileError, ParameterError

BAD_INPUT = 2
INTERRUPTED = 130


def main(arguments: list[str] | None = None) -> int:
    """Exit status: 0 drawn, 2 bad input, 130 interrupted."""
    options = _parser().parse_args(arguments)
    try:
        print(_draw(options))
    except Error as error:
        print(f"poultice: {error}", file=sys.stderr)
        return BAD_INPUT
    except ImportError as error:
        print(f"poultice: {error}\n   to do:    pip install numpy matplotlib", file=sys.stderr)
        return BAD_INPUT
    except KeyboardInterrupt:
        return INTERRUPTED
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="poultice plot", description="Draws a result file.")
    parser.add_argument("result", metavar="R.h5", help="what poultice run or poultice sweep has written")
    kinds = "a .png, .svg or .pdf (default: the result's name with .png)"
    parser.add_argument("-o", "--output", metavar="PICTURE", help=kinds)
    parser.add_argument("--figure", choices=NAMES, help=f"what to draw of a run (default: {NAMES[0]})")
    few = "of a sweep: a parameter of few values, each drawn in a colour of its own"
    parser.add_argument("--by", metavar="PARAMETER", help=few)
    parser.add_argument("-f", "--force", action="store_true", help="overwrite a picture of that name")
    parser.add_argument("--dark", action="store_true", help="light on dark")
    scale = parser.add_mutually_exclusive_group()
    for word in ("log", "linear"):
        about = f"{word} scale of concentrations (figures plasma and depth)"
        scale.add_argument(f"--{word}", dest="log", action="store_const", const=word == "log", help=about)
    return parser


def _draw(options: argparse.Namespace) -> str:
    """Where the picture is."""
    source = Path(options.result)
    figure = options.figure or NAMES[0]
    ending = ".png" if figure == NAMES[0] else f"_{figure}.png"
    picture: str = options.output or str(source.with_name(source.stem + ending))
    if os.path.exists(picture) and not options.force:
        raise FileError.of(picture, "there is a file of that name", "choose another with -o, or add --force")
    # Heavy imports wait until there is something to draw.
    if _is_sweep(source):
        from poultice.sweep_result import SweepResult

        _refuse({"--figure": options.figure, "--log, --linear": options.log}, "a sweep has one figure")
        SweepResult(source).plot(picture, by=options.by, dark=options.dark)
    else:
        from poultice.result import read

        _refuse({"--by": options.by}, "it belongs to sweeps, and this is one run")
        read(source).plot(picture, figure=figure, dark=options.dark, log=options.log)
    return picture


def _is_sweep(source: Path) -> bool:
    """What cannot be read is left to those who say why."""
    import h5py

    try:
        with h5py.File(source) as file:
            kind = file.attrs.get("filetype")
    except OSError:
        return False
    return kind in ("poultice-sweep", b"poultice-sweep")


def _refuse(options: dict[str, object], why: str) -> None:
    for option, given in options.items():
        if given is not None:
            raise ParameterError(f"{option}: {why}; leave it out", option, "leave it out")


if __name__ == "__main__":
    sys.exit(main())
