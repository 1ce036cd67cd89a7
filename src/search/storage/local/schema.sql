-- Texts, offsets and labels of one generation. Row ids count from 0 and are also the rows of the
-- vectors and of the facets, and the ids of the lexical index.
-- Long columns come last: to read a column after one, SQLite reads the long one first.
CREATE TABLE documents (
    id TEXT PRIMARY KEY,
    position INTEGER NOT NULL,
    path TEXT NOT NULL,
    date TEXT NOT NULL,
    -- The words of its kind in lower case, each between spaces.
    kind TEXT NOT NULL,
    ondernummer TEXT NOT NULL,
    words INTEGER NOT NULL,
    passages INTEGER NOT NULL,
    metadata TEXT NOT NULL,
    themes TEXT NOT NULL,
    structure TEXT NOT NULL,
    text TEXT NOT NULL
) STRICT;
CREATE TABLE passages (
    id INTEGER PRIMARY KEY,
    document TEXT NOT NULL REFERENCES documents (id),
    kind TEXT NOT NULL,
    start INTEGER NOT NULL,
    end INTEGER NOT NULL,
    section TEXT NOT NULL,
    theme TEXT NOT NULL,
    theme_origin TEXT NOT NULL,
    theme_uri TEXT NOT NULL,
    lead TEXT,
    anchor TEXT,
    page TEXT NOT NULL,
    -- The range of the document's passages around it, counted from the document's first.
    run_start INTEGER NOT NULL,
    run_end INTEGER NOT NULL
) STRICT;
-- The analysed terms of each passage's own text, separated by spaces; a rebuild reuses them.
CREATE TABLE terms (
    passage INTEGER PRIMARY KEY REFERENCES passages (id),
    terms TEXT NOT NULL
) STRICT;
CREATE TABLE sentences (
    id INTEGER PRIMARY KEY,
    passage INTEGER NOT NULL REFERENCES passages (id),
    start INTEGER NOT NULL,
    end INTEGER NOT NULL,
    -- Whose view it gives and which stance; null for what is not running text.
    holder TEXT,
    holder_name TEXT,
    stance TEXT,
    probability REAL,
    cues TEXT,
    -- Why it can't be quoted, in Dutch; empty for almost all.
    doubt TEXT NOT NULL
) STRICT;
CREATE TABLE document_dossiers (
    document TEXT NOT NULL REFERENCES documents (id),
    dossier TEXT NOT NULL
) STRICT;
CREATE TABLE document_themes (
    document TEXT NOT NULL REFERENCES documents (id),
    theme TEXT NOT NULL
) STRICT;
CREATE INDEX documents_by_position ON documents (position, id);
CREATE INDEX documents_by_date ON documents (date, position, id);
CREATE INDEX documents_by_dossier ON document_dossiers (dossier, document);
CREATE INDEX themes_by_name ON document_themes (theme, document);
CREATE INDEX passages_by_document ON passages (document);
CREATE INDEX sentences_by_passage ON sentences (passage);
