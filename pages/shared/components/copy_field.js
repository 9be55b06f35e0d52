// A text and a button that copies it.

export default function ({ parentElement, data }) {
  const find = (name) => parentElement.querySelector(name);
  const [field, button] = [find("textarea"), find("button")];
  find(".name").textContent = data.label;
  field.value = data.text;
  field.classList.toggle("long", data.text.length > 80);
  button.setAttribute("aria-label", `Copy: ${data.label}`);
  button.textContent = "Copy";
  button.onclick = async () => {
    field.select();
    try {
      await navigator.clipboard.writeText(data.text);
    } catch {
      document.execCommand("copy"); // a page that came over plain http has no clipboard of its own
    }
    button.textContent = "Copied";
  };
}
