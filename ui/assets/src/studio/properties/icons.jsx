// The few marks of the panel, drawn like the icons of the house.
const Icon = ({ path, size = 12 }) => (
  <svg class={`g-i g-i--${size}`} viewBox="0 0 20 20" aria-hidden="true"><path d={path} /></svg>
);

export const Cross = () => <Icon path="m5 5 10 10M15 5 5 15" />;
export const Plus = () => <Icon path="M10 4v12M4 10h12" />;
export const Chevron = () => (
  <svg class="g-i g-i--12 g-chev" viewBox="0 0 20 20" aria-hidden="true"><path d="m8 5 5 5-5 5" /></svg>
);
export const Up = () => <Icon path="m5 12 5-5 5 5" />;
export const Down = () => <Icon path="m5 8 5 5 5-5" />;
export const Mark = () => (
  <svg class="g-i" viewBox="0 0 20 20" aria-hidden="true"><path d="M10 3.5 2.5 16.500h15zM10 8v4M10 14.200v.1" /></svg>
);
