import createNextIntlPlugin from 'next-intl/plugin';

const withNextIntl = createNextIntlPlugin('./lib/i18n/request.ts');

/** @type {import('next').NextConfig} */
const config = {
  reactStrictMode: true,
  poweredByHeader: false,
  // `npm run check` does this once for the whole repository.
  typescript: { ignoreBuildErrors: true },
  // Real Node packages with native parts or their own file reads: loaded, not bundled.
  serverExternalPackages: [
    'pg',
    'pino',
    'jsforce',
    '@hubspot/api-client',
    '@prisma/adapter-pg',
    '@prisma/client',
    'graphile-worker',
  ],
  headers: async () => [
    {
      source: '/(.*)',
      headers: [
        { key: 'X-Content-Type-Options', value: 'nosniff' },
        { key: 'Referrer-Policy', value: 'same-origin' },
        { key: 'X-Frame-Options', value: 'DENY' },
        { key: 'Permissions-Policy', value: 'camera=(), microphone=(), geolocation=()' },
      ],
    },
  ],
};

export default withNextIntl(config);
