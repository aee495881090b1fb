interface CardProps {
  title: string;
  text: string;
  href: string;
  /** Stands for a picture. */
  sign: string;
  open: string;
}

/** A step to another page; the whole of it can be clicked. */
export function Card({ title, text, href, sign, open }: CardProps) {
  return (
    <li class="card">
      <span class="sign" aria-hidden="true">
        {sign}
      </span>
      <h3>
        <a href={href}>{title}</a>
      </h3>
      <p>{text}</p>
      <span class="go" aria-hidden="true">
        {open} →
      </span>
    </li>
  );
}
