-- A filter of pandoc's that prints, instead of a page, each of its headings: the page's name, the heading's anchor and its text,
-- with tabs between them.
return {
    {
        Header = function(heading)
            print(table.concat({ os.getenv("PNBOOK_PAGE"), heading.identifier, pandoc.utils.stringify(heading) }, "\t"))
        end,
        Pandoc = function() return pandoc.Pandoc({}) end
    }
}
