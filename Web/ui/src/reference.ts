import { createApiReference } from '@scalar/api-reference';
import '@scalar/api-reference/style.css';

// Everything comes from this server: no fonts, no proxy, no telemetry of anybody else's.
createApiReference('#reference', {
  url: '/api/v1/openapi.json',
  withDefaultFonts: false,
  telemetry: false,
  proxyUrl: '',
  agent: { disabled: true },
  mcp: { disabled: true },
  showDeveloperTools: 'never',
  hideClientButton: true,
  hiddenClients: true,
  defaultOpenAllTags: false,
  documentDownloadType: 'json',
  metaData: { title: 'API reference · VoiceAspire' },
});
