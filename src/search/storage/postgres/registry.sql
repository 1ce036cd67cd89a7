-- What the database holds besides the generations themselves.
CREATE SCHEMA IF NOT EXISTS kamerwijzer;
CREATE TABLE IF NOT EXISTS kamerwijzer.generations (
    number integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    -- Also the name of its schema.
    name text NOT NULL UNIQUE,
    format integer NOT NULL,
    state text NOT NULL CHECK (state IN ('building', 'ready')),
    -- When the build was last known to be alive: a standby does not see its lock.
    touched timestamptz NOT NULL DEFAULT now(),
    manifest json
);
CREATE TABLE IF NOT EXISTS kamerwijzer.registry (
    single boolean PRIMARY KEY DEFAULT true CHECK (single),
    -- The version of these tables.
    version integer NOT NULL,
    current text REFERENCES kamerwijzer.generations (name)
);
INSERT INTO kamerwijzer.registry (version) VALUES (1) ON CONFLICT DO NOTHING;
