#!/bin/sh
# The user's own hand between two of Sluice's commands: FAULT_ACTION in the session's worktree, or in the main checkout.
# Appends each commit that must not be lost to FAULT_DIR/commits, and what was done to FAULT_DIR/done.
unset $("$FAULT_GIT" rev-parse --local-env-vars)
git=$FAULT_GIT
case $FAULT_ACTION in
  target | gc) cd "$FAULT_REPOSITORY" ;;
  *) cd "$FAULT_REPOSITORY.worktrees/a" ;;
esac || exit 0
exec </dev/null >>"$FAULT_DIR/said" 2>&1
case $FAULT_ACTION in
  commit | target)
    echo "by hand" >by-hand.txt
    "$git" add by-hand.txt && "$git" commit --quiet --message='By hand' -- by-hand.txt
    "$git" rev-parse HEAD >>"$FAULT_DIR/commits"
    ;;
  switch) "$git" switch --quiet --create by-hand ;;
  stash) "$git" stash push --quiet --include-untracked ;;
  amend) "$git" commit --quiet --amend --message='By hand' ;;
  gc) "$git" gc --quiet --prune=now ;;
esac && echo "$FAULT_ACTION" >>"$FAULT_DIR/done"
