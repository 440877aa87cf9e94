"""Bad input through the real command: one clear line, the documented exit code, nothing half-written, no traceback."""

from __future__ import annotations

import io
import os
import shutil
import struct
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from pptx import Presentation
from pypdf import PdfWriter

COMMAND = str(Path(sys.executable).with_name("deckprism"))
NOTE = "# Asking in the open\n\nWe asked forty people what they look for. Most of them look for a person, not for a page.\n"


def deckprism(*args: object, folder: Path, text: str = "") -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "DECKPRISM_DATA": str(folder / "data"), "NO_COLOR": "1"}
    environment.pop("DECKPRISM_DEBUG", None)
    environment.pop("PREFECT_API_URL", None)
    return subprocess.run([COMMAND, *map(str, args)], cwd=folder, env=environment, input=text, capture_output=True,
                          text=True, check=False, timeout=120)


def deck(file: Path, slides: int = 1, picture: bool = False) -> Path:
    from PIL import Image

    show = Presentation()
    for number in range(slides):
        slide = show.slides.add_slide(show.slide_layouts[6 if picture else 1])
        if picture:
            image = io.BytesIO()
            Image.new("RGB", (80, 60), (168, 67, 42)).save(image, "PNG")
            slide.shapes.add_picture(io.BytesIO(image.getvalue()), 0, 0)
        else:
            slide.shapes.title.text = f"Slide {number} about asking"
    show.save(str(file))
    return file


def broken(kind: str, folder: Path) -> Path:
    file = folder / "deck.pptx"
    if kind == "directory":
        file.mkdir()
    elif kind == "empty file":
        file.write_bytes(b"")
    elif kind == "renamed picture":
        file.write_bytes(b"\xff\xd8\xff\xe0" + b"\0" * 400)
    elif kind == "truncated zip":
        deck(file)
        file.write_bytes(file.read_bytes()[:-900])
    elif kind == "password-protected deck":
        file.write_bytes(encrypted_office(deck(folder / "plain.pptx")))
    elif kind == "password-protected PDF":
        file = folder / "paper.pdf"
        writer = PdfWriter()
        writer.add_blank_page(200, 200)
        writer.encrypt("secret", algorithm="AES-256-R5")
        writer.write(str(file))
    elif kind == "no slides":
        deck(file, slides=0)
    elif kind == "zip bomb":
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
            package.writestr("[Content_Types].xml", "<Types/>")
            package.writestr("ppt/slides/slide1.xml", b" " * (80 << 20))
    return file


def encrypted_office(file: Path) -> bytes:
    import msoffcrypto

    with file.open("rb") as plain:
        out = io.BytesIO()
        msoffcrypto.OfficeFile(plain).encrypt("secret", out)
    return out.getvalue()


@pytest.mark.parametrize(("kind", "says"), [
    ("missing", "deck.pptx"), ("directory", "deck.pptx"), ("empty file", "is empty"), ("renamed picture", "JPEG"),
    ("truncated zip", "deck.pptx"), ("password-protected deck", "password"), ("password-protected PDF", "password"),
    ("no slides", "no slides"), ("zip bomb", "deck.pptx"),
])
@pytest.mark.parametrize("command", ["run", "scan"])
def test_a_file_that_cannot_be_used(tmp_path, kind, says, command):
    file = broken(kind, tmp_path)
    more = ("-o", "out") if command == "run" else ()
    done = deckprism(command, file, *more, folder=tmp_path)
    assert done.returncode == 2, done.stderr
    lines = [line for line in done.stderr.splitlines() if line.strip() and line.strip() != file.name]
    assert len(lines) == 1 and says in lines[0] and "Traceback" not in done.stderr
    assert not done.stdout
    assert not list((tmp_path / "out").glob("*")) if (tmp_path / "out").exists() else True


def test_a_deck_of_pictures_makes_a_held_pack_that_says_what_was_not_read(tmp_path):
    done = deckprism("run", deck(tmp_path / "deck.pptx", 3, picture=True), "-o", "out", "--no-audio", folder=tmp_path)
    assert done.returncode == 1, done.stderr
    assert "unread" in done.stdout
    (pack,) = (tmp_path / "out").iterdir()
    assert (pack / "report.html").is_file()


@pytest.fixture
def note(tmp_path) -> Path:
    file = tmp_path / "note.md"
    file.write_text(NOTE)
    return file


@pytest.mark.parametrize(("option", "name", "content", "says"), [
    ("--customers", "c.csv", "colour;country\nred;NL\n", "name"),
    ("--customers", "c.csv", "", "c.csv"),
    ("--customers", "c.xlsx", "not a workbook", "c.xlsx"),
    ("--customers", None, "", "none.csv"),
    ("--decisions", "d.json", "{", "d.json"),
    ("--decisions", "d.json", "{}", "list"),
    ("--decisions", "d.json", '[{"group": "x", "action": "burn"}]', "d.json"),
    ("--decisions", None, "", "none.csv"),
    ("--config", "p.toml", "[profile]\nminutes = 'many'", "profile.minutes"),
    ("--config", "p.toml", "= =", "TOML"),
    ("--config", None, "", "none.csv"),
])
def test_a_side_file_that_cannot_be_used(tmp_path, note, option, name, content, says):
    side = tmp_path / (name or "none.csv")
    if name:
        side.write_text(content)
    done = deckprism("run", note, option, side, "-o", "out", "--no-audio", folder=tmp_path)
    assert done.returncode == 2, done.stdout + done.stderr
    assert says in done.stderr and "Traceback" not in done.stderr
    assert not (tmp_path / "out").exists() or not any((tmp_path / "out").iterdir())


def test_an_output_that_cannot_be_a_folder(tmp_path, note):
    (tmp_path / "out").write_text("mine")
    done = deckprism("run", note, "-o", "out", folder=tmp_path)
    assert done.returncode == 2 and "output folder" in done.stderr
    assert (tmp_path / "out").read_text() == "mine"


def test_an_output_that_cannot_be_written(tmp_path, note):
    """/sys refuses new folders to everybody, root included; elsewhere a folder without write permission serves."""
    if Path("/sys/kernel").is_dir():
        output = Path("/sys/kernel/packs")
    else:
        output = tmp_path / "out"
        output.mkdir(mode=0o500)
    done = deckprism("run", note, "-o", output, folder=tmp_path)
    assert done.returncode == 2 and str(output) in done.stderr and "-o" in done.stderr


def test_a_full_disk_leaves_nothing_behind(tmp_path, note):
    """A limit on file size stands in for the full disk: every write past it fails."""
    script = (f"import resource, signal, sys; signal.signal(signal.SIGXFSZ, signal.SIG_IGN); "
              f"resource.setrlimit(resource.RLIMIT_FSIZE, (20000, 20000)); "
              f"sys.argv = ['deckprism', 'run', {str(note)!r}, '-o', 'out', '--no-audio']; "
              f"from desk.command import main; main()")
    done = subprocess.run([sys.executable, "-c", script], cwd=tmp_path, capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == 2, done.stdout + done.stderr
    assert "could not be written" in done.stderr
    assert not list((tmp_path / "out").iterdir())


def test_something_else_in_the_place_of_the_pack_is_kept(tmp_path, note):
    assert deckprism("run", note, "-o", "out", "--no-audio", folder=tmp_path).returncode == 0
    (pack,) = (tmp_path / "out").iterdir()
    shutil.rmtree(pack)
    pack.mkdir()
    (pack / "thesis.txt").write_text("mine")
    done = deckprism("run", note, "-o", "out", "--no-audio", folder=tmp_path)
    assert done.returncode == 2 and "is in the way" in done.stderr
    assert (pack / "thesis.txt").read_text() == "mine"
    assert [path.name for path in (tmp_path / "out").iterdir()] == [pack.name]


def test_one_bad_file_of_several_does_not_stop_the_rest(tmp_path, note):
    (tmp_path / "bad.pptx").write_bytes(struct.pack("<8B", *range(8)))
    done = deckprism("run", tmp_path / "bad.pptx", note, "-o", "out", "--no-audio", folder=tmp_path)
    assert done.returncode == 1
    assert len(list((tmp_path / "out").iterdir())) == 1


@pytest.mark.parametrize("args", [(), ("fly",), ("run",), ("run", "x.md"), ("scan", "--fast", "x"), ("rules", "explain", "no.such")])
def test_a_wrong_command_line_says_what_is_wrong(tmp_path, args):
    done = deckprism(*args, folder=tmp_path)
    assert done.returncode == 2 and "Traceback" not in done.stderr + done.stdout


def test_a_fault_of_ours_is_one_line_without_text_of_the_source(tmp_path, note):
    script = ("import sys; import topics; topics.find_topics = lambda *a: 1 / 0; "
              f"sys.argv = ['deckprism', 'run', {str(note)!r}, '-o', 'out']; from desk.command import main; main()")
    done = subprocess.run([sys.executable, "-c", script], cwd=tmp_path, capture_output=True, text=True, check=False,
                          env={**os.environ, "DECKPRISM_DEBUG": ""}, timeout=120)
    assert done.returncode == 3
    assert "a fault of ours (ZeroDivisionError" in done.stderr and "forty people" not in done.stderr
    assert not list((tmp_path / "out").glob("*"))
