# make run    everything, then the app on http://127.0.0.1:8501
# make test   the same set-up, then every test
.DEFAULT_GOAL := run
.PHONY: run setup model index test test-fast bench bench-scale bench-users soak read-real lint evaluate calibrate \
	train-labels train-reader train-encoder clean

PYTHON ?= python3
BIN := .venv/bin
READY := .venv/.ready

run: index
	$(BIN)/kamerwijzer serve

# Installs only when the requirements have changed since the last time.
setup: $(READY)

$(READY): requirements.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Kamerwijzer heeft Python 3.11 of nieuwer nodig; kies het met: make PYTHON=python3.11"; exit 1; }
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	@touch $@

model: setup
	$(BIN)/python -c 'from search import Settings; from search.indexing import prepare_models; prepare_models(Settings.read().cache, print)'

index: model
	$(BIN)/kamerwijzer index --if-needed

test: index
	$(BIN)/python -m pytest

# What takes under a second each, in under two minutes: while you work.
test-fast: index
	$(BIN)/python -m pytest -m "not slow and not browser and not postgres"

# The development sets and the real documents lie outside the project; EVAL and REAL say where. The
# first index of the real documents takes a quarter of an hour.
EVAL ?= ../shared/eval
REAL ?= ../shared/real
REAL_WORK ?= /tmp/kamerwijzer-real
EVALUATE = $(BIN)/kamerwijzer evaluate --results benchmarks/results

evaluate: index
	$(EVALUATE) questions $(EVAL)/questions-dev.jsonl
	mkdir -p $(REAL_WORK)/corpus && cp -ru $(REAL)/documents $(REAL)/moties $(REAL_WORK)/corpus
	$(BIN)/kamerwijzer index --corpus $(REAL_WORK)/corpus --index $(REAL_WORK)/index --if-needed
	$(EVALUATE) questions $(EVAL)/questions-real.jsonl \
		--corpus $(REAL_WORK)/corpus --index $(REAL_WORK)/index
	$(EVALUATE) retrieval $(EVAL)/xquad_nl
	$(EVALUATE) retrieval $(EVAL)/rijksoverheid_vac
	$(EVALUATE) abstention $(EVAL)/xquad_nl
	$(EVALUATE) abstention $(EVAL)/rijksoverheid_vac
	$(EVALUATE) sentences $(EVAL)/xquad_nl/answer_sentence.jsonl

# How real documents are read, on those of REAL: what is known of them, sentences, motions, holders,
# quotes; some ten minutes, most of them for an index in a temporary folder.
REAL ?= ../shared/real
read-real: model
	-$(BIN)/python -m benchmarks.reading.metadata $(REAL)/documents
	-$(BIN)/python -m benchmarks.reading.sentences $(REAL)/documents
	-$(BIN)/python -m benchmarks.reading.markup_sentences $(REAL)/documents
	-$(BIN)/python -m benchmarks.reading.motions $(REAL)/../moties/moties.jsonl $(REAL)/moties
	-$(BIN)/python -m benchmarks.reading.holders $(REAL)/..
	-$(BIN)/python -m benchmarks.reading.viewer_quotes $(REAL)/documents

# Kamerwijzer beside what else one might use; some 15 minutes, and an environment of its own (3 GB).
bench: model
	$(BIN)/python -m benchmarks.side_by_side $(EVAL)
	$(BIN)/python -m benchmarks.speed

# 100 to 1,000,000 passages; an hour and 10 GB in WORK, the first time another for the vectors.
WORK ?= /tmp/kamerwijzer-scale
bench-scale: model
	$(BIN)/python -m benchmarks.scale.embedding $(EVAL) $(EVAL)/../documents $(WORK)
	$(BIN)/python -m benchmarks.scale $(EVAL) $(EVAL)/../documents $(WORK)
	$(BIN)/python -m benchmarks.speed

# Twenty people at once, by websocket and in Chromium; some 12 minutes.
bench-users: model
	$(BIN)/python -m benchmarks.load $(EVAL)
	$(BIN)/python -m benchmarks.speed

# Kills builds, fills disks and damages files, for some ten minutes; writes RELIABILITY.md.
soak: model
	$(BIN)/python -m benchmarks.reliability $(EVAL)

# The reader, trained on benchmarks/questions: fetches the documents, and works some two hours in WORK.
# A run that was stopped goes on where it was. MIRRORS and RESERVED: see benchmarks.questions.gather.
READER ?= /tmp/kamerwijzer-reader
GATHER = $(BIN)/python -m benchmarks.questions.gather $(READER)/documents \
	$(if $(MIRRORS),--mirrors $(MIRRORS)) $(if $(RESERVED),--reserved $(RESERVED))

train-reader: model
	$(GATHER)
	$(BIN)/python -m benchmarks.reader $(READER)/documents $(READER)

# The change of the built-in model, from the same documents and groups; learning itself takes half an
# hour. The groups are made with the model as it is installed, what is learned starts without it.
train-encoder: model
	$(GATHER)
	$(BIN)/python -m benchmarks.encoder $(READER)/documents $(READER)

# Fits the model that tells an answer from none; after train-reader, whose documents it asks about.
calibrate: index
	$(BIN)/python -m benchmarks.reader.cases $(READER)
	$(BIN)/python -m search.evaluation.calibrate $(EVAL) --cases $(READER)/cases.json

# Trains what labels sentences (whose view, what stance), and judges it on documents left out: four
# times a quarter of an hour. DEBATES is a folder with ParlaMint-NL's files, for the labelled debates.
LABELS ?= /tmp/kamerwijzer-labels
train-labels: model
	$(GATHER)
	$(BIN)/python -m benchmarks.stances $(LABELS) $(EVAL)/stance-dev.tsv $(EVAL)/stance-dev-2.tsv \
		--documents $(READER)/documents $(if $(DEBATES),--debates $(DEBATES)) \
		--invented benchmarks/labels/*.tsv

lint: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache

clean:
	rm -rf .venv index/gen-* index/CURRENT*
