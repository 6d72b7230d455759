-- A writer of pandoc's: each heading of a page as a line of the page's name, its anchor and its text, with tabs between.
function Writer(document)
    local lines = {}
    document.blocks:walk {
        Header = function(heading)
            table.insert(lines, table.concat({ os.getenv("PNBOOK_PAGE"), heading.identifier, pandoc.utils.stringify(heading) }, "\t"))
        end
    }
    return table.concat(lines, "\n") .. "\n"
end
