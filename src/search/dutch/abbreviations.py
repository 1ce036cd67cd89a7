"""Abbreviations of Dutch officialese, after which a full stop ends no sentence.

Data, not code: in small letters, without the last full stop.
"""

from __future__ import annotations

__all__ = ["ABBREVIATIONS", "NEVER_LAST", "STARTERS"]

ABBREVIATIONS = frozenset(
    # numbers, places in a text
    "nr nrs no art artt lid blz p pp pag par hfst bijl fig tab kol vnt noot jrg afl dl ed vol "
    "sub onderd alin aanh bijv b.v bv vb resp ca circa "
    # publications and law
    "stb stcrt trb kst kamerst hand aanh.hand pb pbeu pb.eg jo juncto gew wijz rb hof hr cbb "
    "ecli ljn w.v.sr sr sv rv awb bw wvsr "
    # titles
    "mr mrs dr drs ir ing prof em hr dhr mw mevr jhr jkvr mgr ds bc st h.k.h z.k.h z.m h.m "
    # quantities and time
    "mln mld miljd pct kg km ha min max gem jl jl.l d.d dd jan feb febr mrt apr jun jul aug sep "
    "sept okt nov dec v.chr n.chr a.m p.m tel ext "
    # connectives
    "d.w.z dwz d.i i.c o.a oa o.m m.n m.b.t mbt m.b.v i.v.m ivm i.p.v i.t.t i.h.k.v i.h.b i.s.m "
    "i.o i.z t.a.v t.b.v t.g.v t.o.v t.w tw t.z.t t.n.v t.m t/m n.a.v a.d.h.v a.h.v c.q cq c.s "
    "e.d e.a e.v e.e.a etc enz enzv zgn zg zogen z.g z.s.m z.i v.w.b w.o w.v.t.t.k evt eventueel "
    "event incl excl inz inzake m.i m.i.v m.u.v n.v.t n.t.b n.n.b o.b.v o.g.v o.l.v o.v.v p.j "
    "p/a plv plm q.q r.o s.v.p u.i v.a v.h v.d vgl verg vs w.o.b wob zie.o a.u.b aub b.d.v b.h.v "
    "bij.v desbetr dr.h.c gebr ged geb gest gev hs i.e id idem ib ibid l.c m.a.w m.m nl n.l onb "
    "ong opm org oud.t pers red sect ser svp toel uitg vakgr voorz vrz wnd wrs zo.h".split()
)

STARTERS = frozenset(
    # Capitalised after an abbreviation, these begin a new sentence ("enz. Het kabinet ...").
    "de het een dit dat deze die er ook dus maar want toch daarom daarmee daarnaast daarbij "
    "daarvoor hierbij hiermee hierdoor hiervoor verder voorts tevens tot bovendien echter indien "
    "wanneer omdat hoewel zoals volgens met voor bij op in uit na naar ik wij we zij hij u "
    "als".split()
)

NEVER_LAST = frozenset(
    # titles: a name follows, whatever it begins with ("dhr. In 't Veld", "drs. De Vries")
    "mr mrs dr drs ir ing prof dhr mw mevr jhr jkvr mgr ds bc "
    # connectives: what they connect follows ("o.a. De Nederlandsche Bank")
    "bijv o.a d.w.z d.i m.b.t m.b.v i.v.m i.p.v i.s.m t.a.v t.b.v t.g.v t.o.v n.a.v nr nrs "
    "art artt vgl resp ca circa incl excl zgn".split()
)
