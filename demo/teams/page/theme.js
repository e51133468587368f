// Light or dark: as the system says, until the button is pressed.

export function setUpTheme(button) {
  const system = matchMedia('(prefers-color-scheme: dark)');
  let chosen = localStorage.getItem('theme');
  const apply = () => {
    const theme = chosen ?? (system.matches ? 'dark' : 'light');
    document.documentElement.dataset.theme = theme;
    button.textContent = theme === 'dark' ? 'Light' : 'Dark';
    button.setAttribute('aria-label', `Switch to ${theme === 'dark' ? 'light' : 'dark'} colors`);
  };
  system.addEventListener('change', apply);
  button.addEventListener('click', () => {
    chosen = document.documentElement.dataset.theme === 'dark' ? 'light' : 'dark';
    localStorage.setItem('theme', chosen);
    apply();
  });
  apply();
}
