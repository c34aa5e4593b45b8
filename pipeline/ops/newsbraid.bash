# bash completion for newsbraid; commands, options and values are the program's own tables.
@OPTIONS@

_newsbraid() {
	local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD - 1]}
	local command=${COMP_WORDS[1]} values

	COMPREPLY=()
	if [ "$COMP_CWORD" -eq 1 ]; then
		mapfile -t COMPREPLY < <(compgen -W "$(_newsbraid_commands)" -- "$current")
		return
	fi
	values=$(_newsbraid_values "$command$previous")
	if [ -n "$values" ]; then
		mapfile -t COMPREPLY < <(compgen -W "$values" -- "$current")
		[[ $values != *=* ]] || compopt -o nospace 2>/dev/null || true
		return 0
	fi
	case $current in
	-*)
		mapfile -t COMPREPLY < <(compgen -W "$(_newsbraid_options "$command")" -- "$current")
		return ;;
	esac
	compopt -o default 2>/dev/null || true
}
complete -F _newsbraid newsbraid
