import { parse } from 'csv-parse/sync';
import { stringify } from 'csv-stringify/sync';
import { apiError } from '../errors.ts';
import { DELIMITERS, type Job } from './jobs.ts';

export interface Csv {
  header: string[];
  rows: string[][];
}

/** Longest field and row, most columns that a job may have. */
const MAX_FIELD = 32_000;
const MAX_ROW = 400_000;
const MAX_COLUMNS = 5_000;

/** Reads the data of a job in its dialect. Throws what makes the whole job fail. */
export function readCsv(job: Job): Csv {
  const text = job.data ?? '';
  if (text.trim() === '') return { header: [], rows: [] };
  const crlf = /\r\n/.test(text);
  if ((job.lineEnding === 'CRLF') !== crlf && text.includes('\n')) {
    throw apiError(
      400,
      'InvalidBatch',
      `LineEnding is invalid on user data. Current LineEnding setting is ${job.lineEnding}`,
    );
  }
  const records: string[][] = parse(text, {
    bom: true,
    delimiter: DELIMITERS[job.columnDelimiter],
    record_delimiter: job.lineEnding === 'CRLF' ? '\r\n' : '\n',
    relax_column_count: true,
    skip_empty_lines: true,
  });
  const [header = [], ...rows] = records;
  if (header.length > MAX_COLUMNS) throw apiError(400, 'InvalidBatch', 'Too many columns');
  for (const row of rows) {
    const length = row.reduce((sum, cell) => sum + cell.length, 0);
    if (length > MAX_ROW || row.some((cell) => cell.length > MAX_FIELD)) {
      throw apiError(400, 'InvalidBatch', 'A row or a field is too long');
    }
  }
  return { header: header.map((name) => name.trim()), rows };
}

/** Rows in a job's dialect; every value quoted, as the vendor's files are. */
export function writeCsv(
  job: Pick<Job, 'columnDelimiter' | 'lineEnding'>,
  rows: (string | number)[][],
): string {
  return stringify(rows, {
    delimiter: DELIMITERS[job.columnDelimiter],
    record_delimiter: job.lineEnding === 'CRLF' ? '\r\n' : '\n',
    quoted: true,
  });
}
