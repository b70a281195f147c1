#!/bin/sh
# Stands in front of git: counts the commands that write, and strikes at one of them.
#   FAULT_DIR   where it counts        FAULT_AT    at which one it strikes
#   FAULT_KIND  before | after: kill -9 of whoever started git     git: kill -9 of git itself, a moment after its start     full: fills the disk
#               user: the user's own git comes first (user.sh)
real=$FAULT_GIT
name=; part=; skip=
for word do
  if [ -n "$skip" ]; then skip=; continue; fi
  case $word in
    -c | -C) [ -z "$name" ] && skip=1 ;;
    -*) ;;
    *) if [ -z "$name" ]; then name=$word; elif [ -z "$part" ]; then part=$word; fi ;;
  esac
done
case $name in
  update-ref | commit-tree | write-tree | update-index | read-tree | reset | merge | rebase | switch | checkout | commit | rm | add | branch | cherry-pick) ;;
  worktree) case $part in list) exec "$real" "$@" ;; esac ;;
  *) exec "$real" "$@" ;;
esac
echo "$name $part" >>"$FAULT_DIR/count"
at=$(wc -l <"$FAULT_DIR/count")
[ "$at" -eq "${FAULT_AT:-0}" ] || exec "$real" "$@"
case $FAULT_KIND in
  before)
    kill -9 "$PPID"
    ;;
  after)
    "$real" "$@"
    kill -9 "$PPID"
    ;;
  git)
    # In the background a shell would take its input away.
    "$real" "$@" <&0 &
    child=$!
    sleep "${FAULT_DELAY:-0.002}"
    kill -9 "$child" 2>/dev/null
    wait "$child" 2>/dev/null
    ended=$?
    # Whoever started git sees it killed, too.
    [ "$ended" -ne 137 ] || kill -9 $$
    exit "$ended"
    ;;
  user)
    # In a session of its own: whoever ends this git does not end the user's.
    setsid --wait sh "$FAULT_USER"
    exec "$real" "$@"
    ;;
  full)
    cat /dev/zero >"$FAULT_FILL" 2>/dev/null
    "$real" "$@"
    ;;
esac
