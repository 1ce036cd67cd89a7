"""The page Documenten beheren: add, fetch and remove documents, and build the index anew."""

from __future__ import annotations

import os
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path

import streamlit as st

from search.cli.output import duration
from search.corpus.adding import Addition, AddOutcome, add_content, plain, remove_documents
from search.errors import IndexUnusable, KamerwijzerError, ReadingError
from search.reading import READERS, corpus_files, identify
from search.records import IndexLocation, is_database, read_location
from search.settings import limits_of
from search.storage import CorpusFile, Manifest, store_of
from search.ui.frame import show_notice, show_plain
from search.ui.jobs import Job, jobs, time_left
from search.ui.links import LIBRARY, reader_link
from search.ui.markup import notice_html
from search.ui.opening import folders
from search.wording import count, escape_markdown, numeric_date

__all__ = ["page"]

_LEDE = (
    "<p>Voeg bestanden toe, haal officiële publicaties op, of verwijder wat u niet meer nodig "
    "hebt. De index wordt daarna vanzelf bijgewerkt; intussen kunt u doorwerken.</p>"
)
_SHOWN = 50
"""Documents that are listed at once."""
_TOLD = 12
"""Lines of what a job said that are shown."""
_ADVICE = "Neem de bestanden op in de index met:"
"""What `fetch` sends its user on with; here that follows by itself."""
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
    """It is no longer what the index was built from."""


def page() -> None:
    """Show the page Documenten beheren."""
    show_plain("Documenten beheren", LIBRARY, _body)


def _body() -> None:
    corpus, index = folders()
    st.html(f'<div class="kw kw-intro"><h1>Documenten beheren</h1>{_LEDE}</div>')
    job = jobs().current
    # Asked again only while there is something to follow.
    every = 1.0 if job and job.running else None
    st.fragment(_progress, run_every=every)()
    _outcomes()
    _upload(corpus)
    _fetch()
    _list(corpus, index)


def _progress() -> None:
    """Show how far the work is; once it has ended, what came of it."""
    job = jobs().current
    running = bool(job and job.running)
    ended = st.session_state.get(_WORKING) and not running
    st.session_state[_WORKING] = running
    if ended:
        # The list below is of before the work.
        st.rerun()
    if not job:
        return
    if job.running:
        st.progress(job.share, text=escape_markdown(_how_far(job)))
        return
    corpus, _ = folders()
    said = [_inside(line, corpus) for line in job.said if not line.startswith(_ADVICE)]
    what, tone = ("niet gelukt", "trouble") if job.code else ("klaar", "calm")
    st.html(notice_html(f"{job.name}: {what}", "\n".join(said[-_TOLD:]), tone=tone))
    st.button("Sluit deze melding", key="beheer_sluit", type="tertiary", on_click=jobs().dismiss)


def _how_far(job: Job) -> str:
    if not job.total:
        return f"{job.name}…"
    left = time_left(job, time.monotonic())
    rest = "" if left is None else f", nog ongeveer {duration(left)}"
    return f"{job.name}. {job.step}: {job.done} van {job.total}{rest}"


def _outcomes() -> None:
    """Show what became of the files that were offered last, or why one was not removed."""
    trouble: KamerwijzerError | None = st.session_state.pop(_TROUBLE, None)
    if trouble:
        show_notice(trouble)
    # They stay until they are closed: the end of the work, a moment later, draws the page anew.
    offered: list[Addition] = st.session_state.get(_OFFERED, [])
    if not offered:
        return
    lines = [f"{e.name}: {e.outcome}" + (f". {e.reason}" if e.reason else "") for e in offered]
    refused = any(each.outcome is AddOutcome.REFUSED for each in offered)
    st.html(notice_html("Toevoegen", "\n".join(lines), tone="trouble" if refused else "calm"))
    st.button(
        "Sluit",
        key="beheer_sluit_aanbod",
        type="tertiary",
        on_click=st.session_state.pop,
        args=(_OFFERED, None),
    )


def _upload(corpus: Path) -> None:
    limits = limits_of()
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
        # Meanwhile the other pages go on with the index as it is.
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
    """List the files of the corpus by name, each with the id of its document."""
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
    """Give a file of the corpus with what the index in use knows of it."""
    corpus, _ = folders()
    known = manifest.corpus.get(name) if manifest else None
    failed = _inside(manifest.failed.get(name, ""), corpus) if manifest else ""
    return _File(identifier, name, known, failed, _differs(path, known))


def _inside(text: str, corpus: Path) -> str:
    """Name the files of the corpus in a message as the list does, without where that lies."""
    return plain(text.replace(f"{corpus}{os.sep}", ""))


def _manifest(index: IndexLocation) -> Manifest | None:
    generation = store_of(index).current()
    return _read_manifest(str(index), generation) if generation else None


@st.cache_resource(show_spinner=False, max_entries=2)
def _read_manifest(index: str, generation: str) -> Manifest | None:  # noqa: ARG001 - part of the key
    # It names every file of the corpus: of many, that is not read at each turn.
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
        st.html(
            '<div class="kw"><h2 class="kw-part">In de verzameling '
            f'<span class="kw-count">{many}</span></h2></div>'
        )
        st.button("Werk de index bij", key="bijwerken", on_click=_build)
    names = list(files)
    if len(names) > _SHOWN:
        words = st.text_input("Zoek in de namen", key="beheer_zoek").lower().split()
        names = [name for name in names if all(word in name.lower() for word in words)]
    manifest = _manifest(index)
    with st.container(key="beheer_lijst"):
        for number, name in enumerate(names[:_SHOWN]):
            _row(number, _file(name, *files[name], manifest), corpus)
    if len(names) > _SHOWN:
        more = count(len(names) - _SHOWN, "ander document", "andere documenten")
        st.html(notice_html("", f"En nog {more}. Zoek hierboven op naam."))


def _row(number: int, file: _File, corpus: Path) -> None:
    with st.container(
        key=f"bestand_{number}", horizontal=True, wrap=False, vertical_alignment="center"
    ):
        st.html(_file_html(file))
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
                help=f"Verwijder {escape_markdown(plain(file.name))}",
                on_click=_ask_to_remove,
                args=(file.id,),
            )


def _file_html(file: _File) -> str:
    name = escape(plain(file.name))
    if file.known and not file.failed:
        name = f'<a href="{escape(reader_link(file.id))}" data-kw-nav>{name}</a>'
    return f'<div class="kw kw-file"><p>{name}</p><p class="kw-place">{_status(file)}</p></div>'


def _status(file: _File) -> str:
    if file.failed:
        return f"Niet gelezen: {escape(file.failed)}"
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


def _index_command() -> list[str]:
    """Give the command that builds the index with the model of the settings, else its own."""
    manifest = _manifest(folders()[1])
    model = os.environ.get("KAMERWIJZER_MODEL") or (manifest.model if manifest else "")
    return ["index", *_where(), *(["--model", model] if model else [])]


def _where() -> list[str]:
    """Give the options that name this app's folders."""
    corpus, index = folders()
    # The address of a database holds a password, and stands in the environment.
    named = [] if is_database(index) else ["--index", str(index)]
    return ["--corpus", str(corpus), *named]


def _start(name: str, *commands: Sequence[str]) -> None:
    """Start commands; when others are still at work, tell that these come next."""
    if not jobs().start(name, *commands):
        st.toast("Er is nog ander werk bezig; dit komt daarna aan de beurt.")
