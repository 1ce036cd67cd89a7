-- The tables of one generation, created in its own schema and written once. Passages and sentences
-- are numbered from 0 through all documents, documents by their position in the corpus.
-- Texts are compared and sorted by code point, as everywhere else in the program.
CREATE TABLE documents (
    id text COLLATE "C" NOT NULL,
    position integer NOT NULL,
    path text NOT NULL,
    date text COLLATE "C" NOT NULL,
    -- The words of its kind in lower case, each between spaces.
    kind text NOT NULL,
    ondernummer text COLLATE "C" NOT NULL,
    words integer NOT NULL,
    passages integer NOT NULL,
    metadata text NOT NULL,
    themes text NOT NULL,
    structure text NOT NULL,
    text text NOT NULL,
    -- Its first passage; the passages of one document are consecutive.
    first integer NOT NULL,
    -- The words of its file, against which quotes are checked where the file is not available.
    source text
);
CREATE TABLE document_themes (
    document text COLLATE "C" NOT NULL,
    theme text COLLATE "C" NOT NULL
);
CREATE TABLE document_dossiers (
    document text COLLATE "C" NOT NULL,
    dossier text COLLATE "C" NOT NULL
);
CREATE TABLE passages (
    id integer NOT NULL,
    document integer NOT NULL,
    kind text NOT NULL,
    start integer NOT NULL,
    stop integer NOT NULL,
    section text NOT NULL,
    theme text COLLATE "C" NOT NULL,
    theme_origin text NOT NULL,
    theme_uri text NOT NULL,
    lead text,
    anchor text,
    page text NOT NULL,
    -- The range of the document's passages around it, counted from the document's first.
    run_start integer NOT NULL,
    run_end integer NOT NULL,
    -- A copy, since reading it from the document's text would decompress all of that.
    text text NOT NULL,
    -- The analysed terms of the text, separated by spaces; a rebuild reuses them.
    terms text NOT NULL
);
-- Not in the table of passages, so that a scan of all vectors reads nothing else.
CREATE TABLE vectors (
    id integer NOT NULL,
    vector halfvec(:dimensions) NOT NULL
);
CREATE TABLE sentences (
    id integer NOT NULL,
    passage integer NOT NULL,
    start integer NOT NULL,
    stop integer NOT NULL,
    -- Whose view it gives and which stance; null for what is not running text.
    holder text COLLATE "C",
    holder_name text,
    stance text COLLATE "C",
    probability double precision,
    cues text,
    -- Why it can't be quoted, in Dutch; empty for almost all.
    doubt text NOT NULL,
    vector halfvec(:dimensions) NOT NULL
);
-- The lexical index: for each term and each block of 65,536 passages the posting list of each field,
-- packed as in postings.py.
CREATE TABLE terms (
    id integer NOT NULL,
    term text COLLATE "C" NOT NULL,
    passages integer NOT NULL
);
CREATE TABLE postings (
    term integer NOT NULL,
    block integer NOT NULL,
    passage bytea,
    surroundings bytea
);
ALTER TABLE postings ALTER passage SET STORAGE EXTERNAL, ALTER surroundings SET STORAGE EXTERNAL;
CREATE TABLE fields (
    name text NOT NULL,
    -- The number of terms in the field of all passages together.
    terms bigint NOT NULL
);
-- The words of documents in overlapping windows, for phrases.
CREATE TABLE windows (
    document integer NOT NULL,
    words tsvector NOT NULL
);
