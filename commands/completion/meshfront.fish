# What is typed and what files are called is compared and quoted, never evaluated.
function __meshfront_on --description 'Is the command one of these?'
    set -l words (commandline -opc)
    test (count $words) -ge 2; and contains -- $words[2] $argv
end

function __meshfront_first --description 'Is the command still to come?'
    test (count (commandline -opc)) -eq 1
end

function __meshfront_clusters
    set -l words (commandline -opc)
    set -l directory .
    for index in (seq 2 (count $words))
        switch $words[$index]
            case --chdir
                test $index -lt (count $words); and set directory $words[(math $index + 1)]
            case '--chdir=*'
                set directory (string replace -- --chdir= '' $words[$index])
        end
    end
    set directory (string replace -r -- '^~(?=/|$)' $HOME $directory)
    for file in $directory/clusters/*.yaml
        set -l name (string replace -r -- '^.*/(.*)\.yaml$' '$1' $file)
        test "$name" = defaults; or printf '%s\n' $name
    end
end

# The function of fish's own takes --chdir= for the beginning of a folder's name.
function __meshfront_directories
    __fish_complete_directories (commandline -ct | string replace -r -- '^--[a-z-]+=' '')
end
