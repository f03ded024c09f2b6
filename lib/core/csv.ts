import { stringify } from 'csv-stringify/sync';
import { ok, type Result } from './result.ts';

export type CsvRows = (string | number | null | undefined)[][];

/**
 * A CSV file (UTF-8 with a mark, as spreadsheets want it) that is read piece by piece while it is sent: neither
 * its length nor the time it takes has a limit, and nothing of it is stored. No cell may be run as a formula by
 * the spreadsheet that opens it. Fails as its first piece does; a failure later breaks the file off.
 */
export async function csvFile(
  columns: readonly string[],
  pieces: AsyncGenerator<Result<CsvRows>, void>,
): Promise<Result<ReadableStream<Uint8Array>>> {
  let piece = await pieces.next();
  if (!piece.done && !piece.value.ok) return piece.value;
  const encoder = new TextEncoder();
  return ok(
    new ReadableStream<Uint8Array>({
      start: (controller) => controller.enqueue(encoder.encode(`\uFEFF${linesOf([[...columns]])}`)),
      async pull(controller) {
        if (piece.done) return controller.close();
        if (!piece.value.ok)
          return controller.error(new Error(`The export broke off: ${piece.value.failure.code}.`));
        controller.enqueue(encoder.encode(linesOf(piece.value.value)));
        piece = await pieces.next();
      },
      cancel: () => pieces.return().then(() => undefined),
    }),
  );
}

function linesOf(rows: CsvRows): string {
  return stringify(rows, { escape_formulas: true, record_delimiter: 'windows' });
}

/** How a route answers with a CSV file of this name. */
export function csvResponse(name: string): (file: ReadableStream<Uint8Array>) => Response {
  return (file) =>
    new Response(file, {
      headers: {
        'content-type': 'text/csv; charset=utf-8',
        'content-disposition': `attachment; filename="${name}"`,
        'cache-control': 'no-store',
      },
    });
}
