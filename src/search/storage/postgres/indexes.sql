-- Executed when all rows are there, one statement after another.
ALTER TABLE documents ADD PRIMARY KEY (position);
CREATE UNIQUE INDEX documents_by_id ON documents (id);
CREATE INDEX documents_by_date ON documents (date, position);
CREATE INDEX themes_by_name ON document_themes (theme, document);
CREATE INDEX dossiers_by_number ON document_dossiers (dossier, document);
ALTER TABLE passages ADD PRIMARY KEY (id);
CREATE INDEX passages_by_document ON passages (document, id);
CREATE INDEX passages_by_theme ON passages (theme, id);
ALTER TABLE vectors ADD PRIMARY KEY (id);
ALTER TABLE sentences ADD PRIMARY KEY (id);
CREATE INDEX sentences_by_passage ON sentences (passage, id);
CREATE INDEX sentences_by_label ON sentences (holder, stance, passage);
ALTER TABLE terms ADD PRIMARY KEY (id);
CREATE UNIQUE INDEX terms_by_name ON terms (term) INCLUDE (id, passages);
CREATE INDEX terms_by_end ON terms (reverse(term));
ALTER TABLE postings ADD PRIMARY KEY (term, block);
CREATE INDEX windows_by_word ON windows USING gin (words) WITH (fastupdate = off);
CREATE INDEX windows_by_document ON windows (document);
