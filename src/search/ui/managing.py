"""The page Documenten beheren: add, fetch and remove documents, and update the index."""

from __future__ import annotations

import os
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import streamlit as st
from markupsafe import Markup

from search.corpus import CorpusFile, corpus_files, identify
from search.corpus.adding import Addition, AddOutcome, add_content, plain, remove_documents
from search.dutch import numeric_date
from search.errors import IndexUnusable, KamerwijzerError, ReadingError
from search.reading import READERS
from search.records import IndexLocation, is_database, read_location
from search.storage import Manifest, corpus_of, store_of
from search.ui.frame import show_error, show_html, show_notice, show_plain
from search.ui.jobs import Job, jobs, time_left
from search.ui.links import DOCUMENTS, reader_link
from search.ui.markup import intro_html, page_link
from search.ui.served import app_settings
from search.wording import count, duration, escape_label

__all__ = ["page"]

_LEDE = (
    "Voeg bestanden toe, haal officiële publicaties op, of verwijder wat u niet meer nodig "
    "hebt. De index wordt daarna vanzelf bijgewerkt; intussen kunt u doorwerken."
)
_MOST_LISTED = 50
"""Documents that are listed at once."""
_MOST_MESSAGES = 12
"""The last messages of a job that are shown."""
_ADVICE = "Neem de bestanden op in de index met:"
"""The advice with which `fetch` ends; the app follows it by itself."""
_OFFERED, _TROUBLE, _REMOVING = "beheer_aangeboden", "beheer_mis", "beheer_verwijderen"
_ROUND, _WORKING = "beheer_ronde", "beheer_bezig"


@dataclass(frozen=True, slots=True)
class _File:
    """A file of the corpus, the id of its document, and how the index knows it."""

    id: str
    name: str
    known: CorpusFile | None
    failed: str
    differs: bool
    """Whether it has changed since it was indexed."""


def page() -> None:
    """Show the page Documenten beheren."""
    show_plain("Documenten beheren", DOCUMENTS, _body)


def _body() -> None:
    corpus, index = _folders()
    show_html(intro_html("Documenten beheren", _LEDE))
    job = jobs().current
    # Refreshed only while a job runs.
    every = 1.0 if job and job.running else None
    st.fragment(_progress, run_every=every)()
    _outcomes()
    _upload(corpus)
    _fetch()
    _list(corpus, index)


def _progress() -> None:
    """Show how far the work is; once it has ended, its messages."""
    job = jobs().current
    running = bool(job and job.running)
    ended = st.session_state.get(_WORKING) and not running
    st.session_state[_WORKING] = running
    if ended:
        # The list below was drawn before the work.
        st.rerun()
    if not job:
        return
    if job.running:
        st.progress(job.share, text=escape_label(_how_far(job)))
        return
    corpus, _ = _folders()
    said = [_inside(line, corpus) for line in job.said if not line.startswith(_ADVICE)]
    what, tone = ("niet gelukt", "trouble") if job.code else ("klaar", "calm")
    show_notice(f"{job.name}: {what}", "\n".join(said[-_MOST_MESSAGES:]), tone=tone)
    st.button("Sluit deze melding", key="beheer_sluit", type="tertiary", on_click=jobs().dismiss)


def _how_far(job: Job) -> str:
    if not job.total:
        return f"{job.name}…"
    left = time_left(job, time.monotonic())
    rest = "" if left is None else f", nog ongeveer {duration(left)}"
    return f"{job.name}. {job.step}: {job.done} van {job.total}{rest}"


def _outcomes() -> None:
    """Show the outcome for each uploaded file, or why a file was not removed."""
    trouble: KamerwijzerError | None = st.session_state.pop(_TROUBLE, None)
    if trouble:
        show_error(trouble)
    # They stay until they are closed: when the work ends, the page is drawn again.
    offered: list[Addition] = st.session_state.get(_OFFERED, [])
    if not offered:
        return
    lines = [f"{e.name}: {e.outcome}" + (f". {e.reason}" if e.reason else "") for e in offered]
    refused = any(each.outcome is AddOutcome.REFUSED for each in offered)
    show_notice("Toevoegen", "\n".join(lines), tone="trouble" if refused else "calm")
    st.button(
        "Sluit",
        key="beheer_sluit_aanbod",
        type="tertiary",
        on_click=st.session_state.pop,
        args=(_OFFERED, None),
    )


def _upload(corpus: Path) -> None:
    limits = app_settings().limits
    kinds = [ending.removeprefix(".") for ending in READERS]
    st.session_state.setdefault(_ROUND, 0)
    with st.form("toevoegen", border=False):
        files = st.file_uploader(
            "Bestanden toevoegen",
            type=kinds,
            accept_multiple_files=True,
            max_upload_size=max(1, limits.bytes // 1_000_000),
            key=f"bestanden_{st.session_state[_ROUND]}",
        )
        if not st.form_submit_button("Voeg toe", type="primary") or not files:
            return
    with jobs().changing():
        # Meanwhile the other pages use the index as it is.
        with st.spinner("De bestanden worden gelezen…"):
            found = [add_content(f.name, f.getvalue(), corpus, limits) for f in files]
        st.session_state[_OFFERED] = found
        # A fresh uploader, so that the same files are not offered twice.
        st.session_state[_ROUND] += 1
        if any(each.taken for each in found):
            _build()
    st.rerun()


def _fetch() -> None:
    with (
        st.expander("Officiële publicaties ophalen", key="ophalen_open"),
        st.form("ophalen", border=False),
    ):
        wanted = st.text_input(
            "Nummer of verwijzing",
            key="ophalen_wat",
            placeholder="Bijvoorbeeld: kst-29861-70, of Kamerstuk 29 861, nr. 70",
        ).strip()
        dossier = st.text_input(
            "Of een heel dossier", key="ophalen_dossier", placeholder="Bijvoorbeeld: 29861"
        ).strip()
        if st.form_submit_button("Haal op") and (wanted or dossier):
            # What was typed is never an option of the command.
            asked = [f"--dossier={dossier}"] if dossier else ["--", wanted]
            _start("Ophalen", ["fetch", *_where(), *asked], [*_index_command(), "--if-needed"])
            st.rerun()


def _files(corpus: Path) -> Mapping[str, tuple[str, Path]]:
    """Return the files of the corpus by name, each with the id of its document."""
    try:
        paths = corpus_files(corpus)
    except ReadingError:
        return {}
    root = f"{corpus}{os.sep}"
    return {
        str(path).removeprefix(root).replace(os.sep, "/"): (identifier, path)
        for path, identifier in identify(paths, corpus).items()
    }


def _file(name: str, identifier: str, path: Path, manifest: Manifest | None) -> _File:
    """Return a file of the corpus with what the index in use knows of it."""
    corpus, _ = _folders()
    known = manifest.corpus.get(name) if manifest else None
    failed = _inside(manifest.failed.get(name, ""), corpus) if manifest else ""
    return _File(identifier, name, known, failed, _differs(path, known))


def _inside(text: str, corpus: Path) -> str:
    """Return a message in which files of the corpus are named relative to its folder."""
    return plain(text.replace(f"{corpus}{os.sep}", ""))


def _manifest(index: IndexLocation) -> Manifest | None:
    generation = store_of(index).current()
    return _read_manifest(str(index), generation) if generation else None


@st.cache_resource(show_spinner=False, max_entries=2)
def _read_manifest(index: str, generation: str) -> Manifest | None:  # noqa: ARG001 - part of the key
    # It names every file of the corpus: too much to read in each run.
    try:
        return store_of(read_location(index)).manifest()
    except IndexUnusable:
        return None


def _differs(path: Path, known: CorpusFile | None) -> bool:
    try:
        stat = path.stat()
    except OSError:
        return True
    return known is not None and (stat.st_size, stat.st_mtime_ns) != (known.size, known.modified)


def _list(corpus: Path, index: IndexLocation) -> None:
    files = _files(corpus)
    with st.container(key="beheer_kop", horizontal=True, vertical_alignment="center"):
        many = count(len(files), "document", "documenten")
        heading = Markup(
            '<div class="kw"><h2 class="kw-part">In de verzameling '
            '<span class="kw-count">{}</span></h2></div>'
        )
        show_html(heading.format(many))
        st.button("Werk de index bij", key="bijwerken", on_click=_build)
    names = list(files)
    if len(names) > _MOST_LISTED:
        words = st.text_input("Zoek in de namen", key="beheer_zoek").lower().split()
        names = [name for name in names if all(word in name.lower() for word in words)]
    manifest = _manifest(index)
    with st.container(key="beheer_lijst"):
        for number, name in enumerate(names[:_MOST_LISTED]):
            _row(number, _file(name, *files[name], manifest), corpus)
    if len(names) > _MOST_LISTED:
        more = count(len(names) - _MOST_LISTED, "ander document", "andere documenten")
        show_notice("", f"En nog {more}. Zoek hierboven op naam.")


def _row(number: int, file: _File, corpus: Path) -> None:
    with st.container(
        key=f"bestand_{number}", horizontal=True, wrap=False, vertical_alignment="center"
    ):
        show_html(_file_html(file))
        if st.session_state.get(_REMOVING) == file.id:
            st.button(
                "Ja, verwijder",
                key=f"ja_{number}",
                type="primary",
                on_click=_remove,
                args=(file.id, corpus),
            )
            st.button("Nee", key=f"nee_{number}", on_click=_ask_to_remove, args=("",))
        else:
            st.button(
                "Verwijder",
                key=f"weg_{number}",
                help=f"Verwijder {escape_label(plain(file.name))}",
                on_click=_ask_to_remove,
                args=(file.id,),
            )


def _file_html(file: _File) -> Markup:
    name = plain(file.name)
    if file.known and not file.failed:
        name = page_link(reader_link(file.id), name)
    return Markup('<div class="kw kw-file"><p>{}</p><p class="kw-place">{}</p></div>').format(
        name, _status(file)
    )


def _status(file: _File) -> str:
    if file.failed:
        return f"Niet gelezen: {file.failed}"
    if file.known is None:
        return "Nog niet in de index"
    if file.differs:
        return "Gewijzigd; de index kent de nieuwe tekst nog niet"
    added, changed = (file.known.added[:10], file.known.changed[:10])
    since = f"Toegevoegd op {numeric_date(added)}" if added else "In de index"
    return f"{since}, gewijzigd op {numeric_date(changed)}" if changed else since


def _ask_to_remove(document: str) -> None:
    st.session_state[_REMOVING] = document


def _remove(document: str, corpus: Path) -> None:
    st.session_state[_REMOVING] = ""
    with jobs().changing():
        try:
            remove_documents([document], corpus)
        except KamerwijzerError as error:
            st.session_state[_TROUBLE] = error
            return
        _build()


def _build() -> None:
    _start("De index bijwerken", _index_command())


def _folders() -> tuple[Path, IndexLocation]:
    settings = app_settings()
    return corpus_of(settings), settings.index


def _index_command() -> list[str]:
    """Return the command that builds the index with the model of the settings, else its own."""
    manifest = _manifest(_folders()[1])
    model = app_settings().model or (manifest.model if manifest else "")
    return ["index", *_where(), *(["--model", model] if model else [])]


def _where() -> list[str]:
    """Return the options that name this app's folders."""
    corpus, index = _folders()
    # The address of a database holds a password and is passed in the environment.
    named = [] if is_database(index) else ["--index", str(index)]
    return ["--corpus", str(corpus), *named]


def _start(name: str, *commands: Sequence[str]) -> None:
    """Start commands; when others still run, say that these come next."""
    if not jobs().start(name, *commands):
        st.toast("Er is nog ander werk bezig; dit komt daarna aan de beurt.")
