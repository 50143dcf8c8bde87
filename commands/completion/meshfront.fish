# Completion of meshfront for fish, printed by `meshfront completion fish`.
function __meshfront_complete
    set -l words (commandline -opc) (commandline -ct)
    set -l lines (meshfront complete -- $words[2..-1] 2>/dev/null)
    if test "$lines" = :folders
        # The function of fish's own takes --chdir= for the beginning of a folder's name.
        set -l option (string match -r -- '^--[a-z-]+=' $words[-1])
        __fish_complete_directories (string replace -- "$option" '' $words[-1]) | string replace -r -- '^' "$option"
    else
        string join -- \n $lines
    end
end
complete --command meshfront --no-files --arguments '(__meshfront_complete)'
