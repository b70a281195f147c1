/** What the name of a file says of it: whether a person wrote it, whether everybody edits it, which kind of picture it is. Pure. */

import { matcherOf } from '../../shared/model/globs.ts'

/** Written by a package manager from what a manifest asks for. */
const LOCK_FILES = [
  '**/package-lock.json',
  '**/npm-shrinkwrap.json',
  '**/yarn.lock',
  '**/pnpm-lock.yaml',
  '**/bun.lock',
  '**/bun.lockb',
  '**/deno.lock',
  '**/Cargo.lock',
  '**/poetry.lock',
  '**/Pipfile.lock',
  '**/uv.lock',
  '**/pdm.lock',
  '**/Gemfile.lock',
  '**/composer.lock',
  '**/go.sum',
  '**/go.work.sum',
  '**/gradle.lockfile',
  '**/packages.lock.json',
  '**/mix.lock',
  '**/pubspec.lock',
  '**/Podfile.lock',
  '**/Package.resolved',
  '**/flake.lock',
  '**/.terraform.lock.hcl',
] as const

const GENERATED = [
  '**/*.min.{js,mjs,css}',
  '**/*.{js,mjs,cjs,css,ts}.map',
  '**/*.{pb.go,pb.cc,pb.h,pb.ts,pb.dart}',
  '**/*_pb2.py',
  '**/*_pb2_grpc.py',
  '**/*_pb.{js,ts,d.ts}',
  '**/*.g.dart',
  '**/*.freezed.dart',
  '**/*.designer.cs',
  '**/*.{generated,gen}.*',
  '**/__generated__/**',
  '**/__snapshots__/**',
  '**/*.snap',
] as const

/** Files that every task wants a line in, so that two sessions meet there. */
const SHARED = [
  ...LOCK_FILES,
  '**/{package.json,deno.json,pnpm-workspace.yaml,Cargo.toml,pyproject.toml,setup.py,setup.cfg,Pipfile,Gemfile,composer.json,go.mod}',
  '**/{requirements.txt,pom.xml,build.gradle,build.gradle.kts,settings.gradle,settings.gradle.kts,CMakeLists.txt,Makefile,mix.exs}',
  '**/{pubspec.yaml,Package.swift,Directory.Packages.props,tsconfig.json}',
  '**/{routes,router,routing,urls}.{js,jsx,ts,tsx,mjs,py,rb,php,go,rs}',
  '**/{index.js,index.ts,index.mjs,index.tsx,__init__.py,mod.rs,lib.rs}',
  '**/{types,shared-types,interfaces}.{ts,d.ts,js,py,go}',
] as const

const isLock = matcherOf(LOCK_FILES)
const isMadeName = matcherOf(GENERATED)
const isEverybodys = matcherOf(SHARED)

export function isLockFile(path: string): boolean {
  return isLock(path)
}

/** True when a file of that name is written by a program as a rule. */
export function isGeneratedName(path: string): boolean {
  return isMadeName(path)
}

/** True for the files that every task wants to edit: manifests, lock files, lists of routes, collections of exports, shared types. */
export function isSharedName(path: string): boolean {
  return isEverybodys(path)
}

const PICTURES: Readonly<Record<string, string>> = {
  png: 'image/png',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  gif: 'image/gif',
  webp: 'image/webp',
  avif: 'image/avif',
  bmp: 'image/bmp',
  ico: 'image/x-icon',
  svg: 'image/svg+xml',
}

/** The media type of a picture that a page can show, by its name; null for everything else. */
export function pictureType(path: string): string | null {
  const ending = /\.([a-z]+)$/iu.exec(path)?.[1]?.toLowerCase()
  return ending === undefined ? null : (PICTURES[ending] ?? null)
}

/** A line that is a comment as a whole. */
const COMMENT = /^[^\p{L}\p{N}"'`]{1,8}/u
const SAYS_SO = /@generated\b|code generated .*do not edit|(?:auto-?generated|generated (?:by|from)).*do not (?:edit|modify)/iu
const FIRST_LINES = 10

/** True when a program says in the first lines of a file that it wrote it. */
export function saysGenerated(head: string): boolean {
  return head.split('\n', FIRST_LINES).some((line) => COMMENT.test(line) && SAYS_SO.test(line))
}
