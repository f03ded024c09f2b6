import NextAuth from 'next-auth';
import { reconnectCookie } from '#lib/auth/rules.ts';
import { authOptions } from '#lib/auth/server/auth-options.ts';
import { env } from '#lib/core/env.ts';

type Context = { params: Promise<{ nextauth: string[] }> };

async function handle(request: Request, context: Context): Promise<Response> {
  const { nextauth } = await context.params;
  const isCallback = nextauth[0] === 'callback';
  const error = new URL(request.url).searchParams.get('error');
  // A person who clicks "Cancel" is no error of the log-in.
  if (isCallback && error === 'access_denied')
    return Response.redirect(`${env().APP_URL}/login?error=denied`, 302);
  const reconnect = (request.headers.get('cookie') ?? '').includes(`${reconnectCookie}=1`);
  return NextAuth(authOptions({ isCallback, reconnect }))(request, context);
}

export { handle as GET, handle as POST };
