import { type NextRequest, NextResponse } from 'next/server';

/** Tells pages their own address, so that a log-in can return there. */
export function proxy(request: NextRequest): NextResponse {
  const headers = new Headers(request.headers);
  headers.set('x-segbridge-path', `${request.nextUrl.pathname}${request.nextUrl.search}`);
  return NextResponse.next({ request: { headers } });
}

export const config = { matcher: ['/((?!api|_next|favicon|icon).*)'] };
