/** What `sluice --help` prints. */

export const HELP = `sluice: run several Claude Code sessions on one repository, review them in order, land them safely

Starting
  sluice [DIR]                     the desktop app on DIR; in the browser where no Electron runtime can be had
  sluice serve [DIR]               the same app for a browser, in the foreground
      --port N                     listen on this port of 127.0.0.1 (default: a free one)
      --claude PATH                use this Claude Code (default: “claude” on the PATH of your login shell)
      --trust                      trust the repository: its setup and check commands may run
      --no-open                    do not open a browser
  sluice demo [--headless]         a sample repository, a scripted model and the real Claude Code, from start to landing

Asking
  sluice status                    repository, target, sessions, queue, money
  sluice session list | show NAME
  sluice session output NAME       the last lines of a terminal whose Claude Code has ended
  sluice session leavings NAME     what archiving would keep, and what it would delete
  sluice diff NAME [--of branch|uncommitted|unviewed|looked]
  sluice review NAME               what stands before its landing, comments, commits, what it said last
  sluice overlap                   which sessions clash, with each other or with the target; what is outside a scope
  sluice queue list
  sluice config get [KEY]
  sluice events [--follow] [--since SEQ | --last N] [--session NAME] [--kind KIND]…

Acting
  sluice session start NAME --prompt TEXT|- [--model M] [--own GLOB]… [--from REF] [--permission-mode MODE] [--budget-usd X]
                                   --budget-usd: kept and shown; nothing is stopped by it yet
  sluice session start NAME --prompt TEXT|- --research [--model M] [--budget-usd X]
                                   reads the main checkout in plan mode; no worktree, nothing to land
  sluice session fork NAME NEW [--research] [--prompt TEXT|-]
                                   a copy of the conversation, from the commit NAME is at; its uncommitted changes stay with it
  sluice session import PATH [--name NAME]
                                   a session in a worktree that is there already
  sluice session import            lists the worktrees that no session has, and why one cannot be imported
  sluice session send NAME TEXT|- [--wait]
                                   --wait: typed once the dialog or the draft in its terminal is done with
  sluice session allow | deny NAME the permission that it asks for
  sluice session interrupt | stop | resume NAME
  sluice session pause NAME        stops it with a HANDOFF.md, which resume reads
  sluice session approve | unapprove NAME
  sluice session archive NAME      removes its worktree; what is not committed is kept in a snapshot
  sluice session restore NAME      brings back what was archived
  sluice session repair NAME       a worktree that was removed or moved
  sluice session move NAME --to N  its place in the cascade, from 1: the order of review and of landing
  sluice session rename NAME NEW   its branch and worktree keep their names
  sluice session wait NAME --state S[,S…] [--timeout SECONDS]
  sluice queue add | remove | retry NAME
  sluice queue drop-handoff NAME   takes HANDOFF.md out of the commits of a branch
  sluice queue wait NAME [--timeout SECONDS]
  sluice config set KEY VALUE

Every verb takes --json (one JSON value on standard output) and --data DIR (the data directory of the Sluice it means).
Exit codes: 0 done, 1 refused or failed, 2 usage, 3 no Sluice is running there, 4 a wait timed out, 5 what was waited for cannot come.`
