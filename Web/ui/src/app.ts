import '@fluentui/web-components/badge.js';
import '@fluentui/web-components/button.js';
import '@fluentui/web-components/spinner.js';
import { setTheme } from '@fluentui/web-components';
import { createDarkTheme, createLightTheme, type BrandVariants } from '@fluentui/tokens';
import { startAccountPage } from './account.ts';
import { startApiKeysPage } from './api-keys.ts';
import { startCataloguePage } from './catalogue.ts';
import { startForms } from './forms.ts';
import { startOrganizationPage } from './organization.ts';
import { startOutboxPage } from './outbox.ts';
import { startPipelinesPage } from './pipelines.ts';
import { startProviders } from './providers.ts';
import { localizeTimes } from './times.ts';
import { startSessionPage } from './session.ts';
import { startTalkPage } from './talk.ts';
import { startTranscriptionsPage } from './transcriptions.ts';
import { startUsagePage } from './usage.ts';

const brand: BrandVariants = {
  10: '#041f1e', 20: '#083130', 30: '#0a403e', 40: '#0c4d4a', 50: '#0d5955', 60: '#0e6560', 70: '#0f716b', 80: '#107c76',
  90: '#2a8f89', 100: '#459e98', 110: '#5fada8', 120: '#79bcb8', 130: '#94cbc8', 140: '#afdad8', 150: '#cbe9e7', 160: '#e7f5f4',
};
const fontFamilyBase = getComputedStyle(document.documentElement).getPropertyValue('--font');
const light = { ...createLightTheme(brand), fontFamilyBase };
const dark = { ...createDarkTheme(brand), fontFamilyBase };
const prefersDark = matchMedia('(prefers-color-scheme: dark)');

function isDark(): boolean {
  const chosen = document.documentElement.dataset['theme'];
  return chosen ? chosen === 'dark' : prefersDark.matches;
}

function applyTheme(): void {
  setTheme(isDark() ? dark : light);
  for (const toggle of document.querySelectorAll<HTMLElement>('[data-theme-toggle]')) {
    toggle.setAttribute('aria-label', isDark() ? 'Use the light theme' : 'Use the dark theme');
  }
}

for (const toggle of document.querySelectorAll<HTMLElement>('[data-theme-toggle]')) {
  toggle.addEventListener('click', () => {
    const theme = isDark() ? 'light' : 'dark';
    document.documentElement.dataset['theme'] = theme;
    localStorage.setItem('theme', theme);
    applyTheme();
  });
}

prefersDark.addEventListener('change', applyTheme);
applyTheme();
localizeTimes();
startTalkPage();
startSessionPage();
startForms();
startAccountPage();
startOrganizationPage();
startOutboxPage();
startApiKeysPage();
startUsagePage();
startTranscriptionsPage();
startPipelinesPage();
startCataloguePage();
startProviders();
