"""The section on scale: exponents, plots, and what the tables say."""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Any

import pytest
from benchmarks.scale.curves import exponent, growth_chart
from benchmarks.scale.page import section
from lxml import etree


def _size(wanted: int, factor: float) -> dict[str, Any]:
    """Make what is measured at one size; all that grows is `factor` times as large."""
    held = {name: int(1e8 * factor) for name in ("resident", "own", "files", "most")}
    found = {"vectors, recall@10": 0.99, "vectors, recall@100": 0.98}
    return {
        "wanted": wanted,
        "load": 1.5,
        "build": {
            "documents": wanted // 70,
            "passages": wanted,
            "sentences": 3 * wanted,
            "embedded": min(wanted, 50_000),
            "vectors": "IVF met 4096 buurten" if wanted > 50_000 else "vlak",
            "seconds": {"texts": 2 * factor, "lexical": factor, "all": 4 * factor},
            "whole": 4 * factor,
            "made": 1.0,
            "memory": {"added": 10**8, "most": 2 * 10**8},
            "disk": {"texts.sqlite": int(1e6 * factor), "corpus": 10**6},
        },
        "ask": {
            "seconds": {"imports": 0.3, "opening": 0.4, "first question": 0.1, "all": 0.8},
            "memory": {"opened": held, "first answer": held, "all questions": held},
            "milliseconds": {
                "median": 10 * factor,
                "p95": 20 * factor,
                "most": 99.0,
                "median, again": 9.0,
            },
            "quote": {"median": 30.0, "p95": 40.0, "most": 50.0},
            "filters": {
                "a month": {
                    **found,
                    "share": 0.01,
                    "passages": wanted // 100,
                    "median": 12.0,
                    "p95": 20.0,
                }
            },
            "quality": {
                **found,
                "all arms, overlap@10": 0.995,
                "ndcg@10": 0.7,
                "ndcg@10, exact": 0.701,
                "questions": 400,
                "with an answer": 200,
            },
            "stages": {"vectors": 2.0, "words": factor, "all": 10 * factor},
        },
    }


@pytest.fixture
def results(tmp_path: Path) -> Path:
    """Write results of three sizes; from ten thousand to a million all grows by the root of ten."""
    sizes = [_size(1_000, 1.0), _size(10_000, 1.0), _size(1_000_000, 10.0)]
    sizes[0]["whole"] = {"seconds": 21.4, "passages": 1_000, "most": 3 * 10**8}
    machine = {"cores": 2, "memory_gb": 24, "processor": "x86_64", "system": "Linux 6"}
    path = tmp_path / "scale.json"
    told = {
        "date": "2026-01-02",
        "machine": machine,
        "pipeline": {"reading": 0.5, "embedding": 20.0},
        "sizes": sizes,
    }
    path.write_text(json.dumps(told), "utf-8")
    return path


def test_a_power_is_fitted_and_less_than_two_points_have_none() -> None:
    assert exponent([(10, 2), (100, 20), (1_000, 200)]) == pytest.approx(1.0)
    assert exponent([(1e4, 30), (1e6, 60)]) == pytest.approx(0.1505, abs=1e-4)
    assert math.isnan(exponent([(10, 2)]))
    assert math.isnan(exponent([(10, 2), (20, 0)]))


def test_the_section_says_what_was_measured(results: Path, tmp_path: Path) -> None:
    said = section(results, tmp_path / "plots")

    assert said.startswith("## From 1,000 to 1,000,000 passages\n")
    assert "| 1,000,000 | IVF, SQ8 | 0.80 | 0.40 | 100.0 | 200.0 |" in said
    assert "| 10,000 | flat |" in said
    assert "| latency, median | 0.00 | 0.50 | **0.50** |" in said
    assert "| 1,000,000 | 0.9900 | 0.9800 | 0.9950 | 70.00 | 70.10 | -0.10 |" in said
    assert "| 10,000 | a month | 100 | 1.00% | 0.9900 | 0.9800 | 12.0 | 20.0 |" in said
    assert "| 1,000 | a month" not in said
    assert "1,000,000: words, 83%" in said
    assert "| 21 |" in said
    assert "1,000,000 passages would take 5.7 hours" in said


def test_each_plot_that_is_named_is_drawn(results: Path, tmp_path: Path) -> None:
    plots = tmp_path / "plots"
    said = section(results, plots)

    drawn = sorted(path.name for path in plots.iterdir())
    assert len(drawn) == 4
    for name in drawn:
        assert f"(plots/{name})" in said
        root = etree.parse(plots / name).getroot()
        lines = root.findall("{*}polyline")
        assert lines
        numbers = [float(n) for line in lines for n in line.get("points").replace(",", " ").split()]
        width, height = map(float, root.get("viewBox").split()[2:])
        assert all(0 <= x <= width for x in numbers[::2])
        assert all(0 <= y <= height for y in numbers[1::2])


def test_a_chart_places_values_by_their_logarithm_and_writes_no_name_over_another() -> None:
    drawn = growth_chart(
        "Duur <ms>",
        {"a": [(10, 1), (1000, 100)], "b": [(10, 1), (1000, 99)]},
        "ms",
        {"gewenst": 10},
    )

    root = etree.fromstring(drawn)
    first = root.findall("{*}polyline")[0].get("points").split()
    level = root.find("{*}line[@class='wanted']").get("y1")
    ends = [tuple(map(float, point.split(","))) for point in first]
    assert float(level) == pytest.approx((ends[0][1] + ends[1][1]) / 2, abs=0.2)
    names = {t.text: float(t.get("y")) for t in root.findall("{*}text") if t.text in ("a", "b")}
    assert abs(names["a"] - names["b"]) >= 12
    assert "Duur &lt;ms&gt;" in drawn


def test_other_results_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "other.json"
    path.write_text("{}", "utf-8")

    with pytest.raises(ValueError, match="no results"):
        section(path, tmp_path)
