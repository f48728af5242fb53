// Runs before the first paint, so that a chosen theme does not flash. Kept apart from the modules, which run after it.
const chosen = localStorage.getItem('theme');
if (chosen === 'light' || chosen === 'dark') document.documentElement.dataset['theme'] = chosen;
