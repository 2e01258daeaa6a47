"""Which words go together in academic English: queries and writer's questions answered from counts of n-grams.

    library = Library(Paths.of_user())
    engine = library.engine(ACADEMIC, progress)   # in a worker: the first time the shipped file is expanded
    matches = engine.search("plays _ _ role")     # QueryError has .start and .end, the characters that are meant
    answer = matches.answer(Facet("cs", "from2023"), "logdice", limit=50)   # other facets and ranks: no new search
    for hit in answer.hits:
        hit.text, hit.count, hit.percent, hit.score, hit.trend.is_recent
        for slot in hit.slots: slot.text, slot.word_class, slot.is_open     # is_open: the writer asked for it
    matches.totals_of_fields(), matches.totals_of_periods()                 # for the facet chips
    answer.hits or relaxed(engine, answer.query, facet)                     # the nearest queries that find something

    reading = read_question("what verb goes with attention?")  # None: it is a query; .query or .compared
    comparison = compare(engine, ["discuss the", "discuss about the"], facet)
    comparison.sentence(), comparison.candidates               # each with count, share and its interval
    scan(engine, "It depends of the data.", facet)             # findings: start, end, text, count, better
    library.examples(ACADEMIC, progress).find(hit.text, facet) # text, start, end, source, licence

    build_papers(library, folders, progress)                   # app.collocation.build.own; in a worker
    SERVICES["linggle"](Web(paths.cache / "web.sqlite")).look_up(answer.query)   # app.collocation.online
    zipf("attention")                                          # app.collocation.zipf

Everything may be called from any thread. `Facet`, `FIELDS`, `PERIODS` are in `facets`, `MEASURES` in `measures`,
`CLASS_NAMES` and `CLASS_TITLES` in `tags`, `Library`, `INDEXES`, `ACADEMIC` and `PAPERS` in `library`.
"""
