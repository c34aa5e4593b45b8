# bash completion for newsbraid; options are read from the program's own help.
_newsbraid() {
	local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD - 1]}
	local commands="run read show explain eval verify help --help --version"

	COMPREPLY=()
	if [ "$COMP_CWORD" -eq 1 ]; then
		mapfile -t COMPREPLY < <(compgen -W "$commands" -- "$current")
		return
	fi
	case $previous in
	--match)
		mapfile -t COMPREPLY < <(compgen -W "auto scan bands" -- "$current")
		return ;;
	--label)
		mapfile -t COMPREPLY < <(compgen -W "copy event storyline" -- "$current")
		return ;;
	esac
	case $current in
	-*)
		mapfile -t COMPREPLY < <(compgen -W "$("${COMP_WORDS[0]}" "${COMP_WORDS[1]}" --help \
			2>/dev/null | grep -oE -- '--[a-z-]+' | sort -u)" -- "$current")
		return ;;
	esac
	compopt -o default 2>/dev/null
}
complete -F _newsbraid newsbraid
