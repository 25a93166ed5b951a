import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type { Signature } from '../cache/signature.ts';
import { type ClusterReport, UNTOUCHED } from './cluster-report.ts';
import { NOTHING_KEPT, type ReportFile } from './report-file.ts';
import { ReportTable, repacked } from './report-table.ts';

const signed = (hash: string): Signature => ({ hash, size: 1, times: [1, 2] });
const report = (cluster: string, ...asked: readonly string[][]): ClusterReport => ({
  ...UNTOUCHED,
  cluster,
  asked,
  untouched: false,
});

test('what is implied is left out, and the rest comes back', () => {
  const table = new ReportTable(NOTHING_KEPT);
  const stands = new Map<string, Signature>([
    ['a/', { listing: 'x', times: [1, 2] }],
    ['a', 'folder'],
    ['a/file', signed('x')],
    ['a/none', 'nothing'],
    ['b/none', 'nothing'],
    ['b', 'folder'],
  ]);
  const packed = table.pack(report('one', [...stands.keys()]), (name) => stands.get(name));
  assert.equal(table.unpack(packed!).asked, [['a/', 'a/file', 'b/none', 'b']]);
  assert.is(
    table.pack(report('two', ['c']), () => undefined),
    undefined,
  );
});

test('what no report refers to is left out once it is much', () => {
  const table = new ReportTable(NOTHING_KEPT);
  const reports = Array.from({ length: 10 }, (_, i) => table.pack(report(`${i}`, [`file-${i}`]), signed)!);
  const { names, signatures, findings } = table;
  const fileOf = (count: number): ReportFile => ({
    ...NOTHING_KEPT,
    names,
    signatures,
    findings,
    reports: reports.slice(0, count),
  });
  assert.is(repacked(fileOf(9)).names.length, 10);
  const packed = repacked(fileOf(5));
  assert.equal(packed.names, names.slice(0, 5));
  assert.equal(packed.signatures, names.slice(0, 5).map(signed));
  assert.equal(
    packed.reports.map((each) => new ReportTable(packed).unpack(each).asked),
    names.slice(0, 5).map((name) => [[name]]),
  );
});

test.run();
