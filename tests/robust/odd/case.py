"""What an odd file is, and what may be wanted of the program that reads it.

A Case is one odd file and what must come of it. A Run is one or more commands in a folder of its own; cases that one
command can answer together share a run, since most of a call's time goes into reading the packs."""
import csv
import io
import json
import re
from typing import NamedTuple


class Answer(NamedTuple):
    """Exit code and the two streams of one command."""

    code: int
    out: str
    err: str

    def rows(self):
        """The table on standard output; a first line that says the day is none of it."""
        text = re.sub(r"\AAs of [^\n]*\n", "", self.out)
        return list(csv.DictReader(io.StringIO(text)))

    def lines(self):
        """The objects of --json, one a line."""
        return [json.loads(line) for line in self.out.splitlines() if line.startswith("{")]


class Want(NamedTuple):
    """What is asked of an answer: words for the table of failures, and a function that gives None or what it got."""

    words: str
    got: object


def short(text, most=150):
    return " ".join(text.split())[:most]


def near(a, b):
    return abs(a - b) <= 1e-4 * max(1.0, abs(b))


def refuses(error, *tokens, code=4):
    """One line of standard error that names the error, and all tokens; and the exit code."""
    def got(answer):
        about = [line for line in answer.err.splitlines() if f"error[{error}]" in line]
        if answer.code == code and any(all(token in line for token in tokens) for line in about):
            return None
        return f"exit {answer.code}: {short(answer.err or answer.out, 300)}"
    return Want(f"exit {code}, error[{error}] {' '.join(tokens)}", got)


def says(*tokens, code=0):
    """A line of either stream with all tokens."""
    def got(answer):
        lines = (answer.out + answer.err).splitlines()
        if answer.code == code and any(all(token in line for token in tokens) for line in lines):
            return None
        return f"exit {answer.code}: {short(answer.err + answer.out, 400)}"
    return Want(f"exit {code}, a line with {' '.join(tokens)}", got)


def silent_about(*tokens):
    """No line of either stream has all tokens."""
    def got(answer):
        return next((line for line in (answer.out + answer.err).splitlines() if all(t in line for t in tokens)), None)
    return Want(f"no line with {' '.join(tokens)}", got)


def figure(unit, period, value):
    """A figure of `export series`; None = there must be none."""
    def got(answer):
        told = [row["value"] for row in answer.rows() if row["unit"] == unit and row["period"] == period]
        if value is None:
            return None if told in ([], [""]) else f"{told}"
        if len(told) == 1 and told[0] and near(float(told[0]), value):
            return None
        return f"exit {answer.code}: {told or short(answer.err)}"
    return Want(f"{unit} {period} = {value}", got)


def figures(unit, wanted):
    """Several of one unit."""
    parts = [figure(unit, period, value) for period, value in wanted.items()]
    def got(answer):
        wrong = [f"{part.words}, got {told}" for part in parts if (told := part.got(answer)) is not None]
        return "; ".join(wrong) or None
    return Want("; ".join(part.words for part in parts), got)


def total(value, period=""):
    """The sum over all units and the periods that begin so."""
    def got(answer):
        told = sum(float(row["value"]) for row in answer.rows() if row["value"] and row["period"].startswith(period))
        return None if answer.code == 0 and near(told, value) else f"exit {answer.code}: {told} {short(answer.err)}"
    return Want(f"{value} in all{' in ' + period if period else ''}", got)


def read(file, **wanted):
    """The line of `ingest --json` about a file: rows, stored, rejected, known, unplaced, set_aside, source ..."""
    def got(answer):
        told = [line for line in answer.lines() if line.get("file") == file]
        if len(told) == 1 and all(told[0].get(key) == value for key, value in wanted.items()):
            return None
        refused = [line for line in answer.err.splitlines() if line.startswith(file)]
        return f"exit {answer.code}: {told} {short(' '.join(refused), 300)}"
    return Want(f"{file}: " + ", ".join(f"{key} {value}" for key, value in wanted.items()), got)


def line_with(**wanted):
    """One of the objects of --json has these fields."""
    def got(answer):
        def fits(line):
            return all(near(line[k], v) if isinstance(v, float) and isinstance(line.get(k), (int, float))
                       else line.get(k) == v for k, v in wanted.items())
        return None if any(map(fits, answer.lines())) else f"exit {answer.code}: {short(answer.out + answer.err, 400)}"
    return Want("a line with " + ", ".join(f"{key} {value}" for key, value in wanted.items()), got)


def column(name, *values):
    """A column of the table on standard output, whole."""
    def got(answer):
        told = [row.get(name) for row in answer.rows()]
        return None if told == [str(v) for v in values] else f"exit {answer.code}: {told[:12]} {short(answer.err, 250)}"
    return Want(f"column {name} = {', '.join(map(str, values))}", got)


def observed(*values):
    """The column `observed`, as numbers; None = not observed."""
    def got(answer):
        told = [float(row["observed"]) if row["observed"] else None for row in answer.rows()]
        fits = len(told) == len(values) and all(
            a is None and b is None or a is not None and b is not None and near(a, b) for a, b in zip(told, values))
        return None if answer.code == 0 and fits else f"exit {answer.code}: {told[:12]} {short(answer.err, 250)}"
    return Want(f"observed {', '.join(map(str, values))}", got)


class Case(NamedTuple):
    """`name` says what is odd; `wants` are asked of the answer of command number `of`."""

    name: str
    wants: tuple
    of: int = 0


class Run(NamedTuple):
    files: dict  # name: bytes
    commands: list  # each a list of words
    cases: list


def one(name, file, data, words, *wants, more=None):
    """A run of one command on one odd file; FILE among the words is its name."""
    files = {file: data if isinstance(data, bytes) else data.encode(), **(more or {})}
    return Run(files, [[file if word == "FILE" else word for word in words]], [Case(name, wants)])


def table(*rows, by=",", end="\n"):
    """Rows of cells as a text; a row may be a line that is one already."""
    return "".join((row if isinstance(row, str) else by.join(map(str, row))) + end for row in rows)
