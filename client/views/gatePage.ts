// What runs and how it looks inside the page of a gate. The script only shows and hides, and sends what its user presses.

export const gateStyle = `
body { padding: 0 24px 32px; max-width: 860px; margin: 0 auto; line-height: 1.5; }
h1 { font-size: 1.5em; font-weight: 600; margin: 24px 0 4px; }
h2 { font-size: 1.05em; font-weight: 600; margin: 22px 0 6px; }
.protocol { color: var(--vscode-descriptionForeground); margin: 0 0 12px; }
.summary { padding: 8px 12px; border-left: 3px solid var(--vscode-textLink-foreground); background: var(--vscode-textBlockQuote-background); margin: 0; }
.summary.stale { border-color: var(--vscode-editorWarning-foreground); }
.summary.passed { border-color: var(--vscode-testing-iconPassed, var(--vscode-textLink-foreground)); }
ul { margin: 0; padding-left: 20px; }
li { margin: 2px 0; }
li.marked { list-style: none; margin-left: -20px; padding-left: 20px; text-indent: -20px; }
li.marked > * { text-indent: 0; }
.mark { display: inline-block; width: 16px; }
.mark.missing, .mark.open { color: var(--vscode-editorWarning-foreground); }
.mark.done, .mark.found { color: var(--vscode-testing-iconPassed, var(--vscode-foreground)); }
.detail { color: var(--vscode-descriptionForeground); font-size: 0.92em; display: block; }
.detail a { display: inline-block; margin-left: 8px; }
a { color: var(--vscode-textLink-foreground); text-decoration: none; }
a:hover, a:focus { text-decoration: underline; }
form { margin-top: 28px; padding: 16px; border: 1px solid var(--vscode-widget-border, var(--vscode-contrastBorder, #8884)); border-radius: 4px; }
fieldset { border: 0; padding: 0; margin: 0 0 12px; display: flex; gap: 20px; flex-wrap: wrap; }
legend, form > label { font-weight: 600; display: block; margin-bottom: 4px; }
textarea, input[type=text] { width: 100%; box-sizing: border-box; font: inherit; padding: 4px 6px; margin-bottom: 12px;
  color: var(--vscode-input-foreground); background: var(--vscode-input-background);
  border: 1px solid var(--vscode-input-border, var(--vscode-contrastBorder, #8886)); }
input[type=text] { max-width: 320px; }
:focus-visible { outline: 1px solid var(--vscode-focusBorder); outline-offset: 1px; }
button { font: inherit; border: 1px solid var(--vscode-button-border, transparent); padding: 6px 14px; border-radius: 2px; cursor: pointer;
  color: var(--vscode-button-foreground); background: var(--vscode-button-background); }
button:hover:not(:disabled) { background: var(--vscode-button-hoverBackground); }
button:disabled { opacity: 0.5; cursor: default; }
#confirm { margin-bottom: 12px; padding: 8px 12px; border-left: 3px solid var(--vscode-editorWarning-foreground); }
#confirm p { margin: 0 0 4px; }
#told { margin: 10px 0 0; min-height: 1.5em; }
.problem { margin-top: 24px; color: var(--vscode-errorForeground); }
`;

/** Reads `page` ({ gate, answers, open }), which stands before it. */
export const gateScript = `
const vscode = acquireVsCodeApi();
const byId = (id) => document.getElementById(id);
const form = byId("form");
const chosen = () => form && form.elements.answer && form.elements.answer.value;
function show() {
  if (!form) return;
  const word = chosen();
  const answer = page.answers.find((one) => one.word === word);
  const confirm = Boolean(answer && answer.passes && page.open.length > 0);
  byId("confirm").hidden = !confirm;
  byId("open").replaceChildren(...page.open.map((text) => Object.assign(document.createElement("li"), { textContent: text })));
  byId("submit").disabled = !answer || (confirm && !byId("knowing").checked);
  vscode.setState({ gate: page.gate, word, remark: byId("remark").value, by: byId("by").value });
}
if (form) {
  const kept = vscode.getState();
  if (kept && kept.gate === page.gate) {
    byId("remark").value = kept.remark || "";
    if (kept.by) byId("by").value = kept.by;
    for (const radio of form.querySelectorAll("[name=answer]")) radio.checked = radio.value === kept.word;
  }
  form.addEventListener("input", show);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    vscode.postMessage({ kind: "answer", answer: chosen(), by: byId("by").value, remark: byId("remark").value, knowing: byId("knowing").checked });
  });
  show();
}
document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-uri]");
  if (!link) return;
  event.preventDefault();
  vscode.postMessage({ kind: "open", uri: link.dataset.uri, line: Number(link.dataset.line) });
});
window.addEventListener("message", ({ data }) => {
  if (data.kind === "sheet") {
    byId("title").textContent = data.title;
    byId("sheet").innerHTML = data.html;
    // Whoever has agreed to what was open has not agreed to more.
    if (form && data.open.some((text) => !page.open.includes(text))) byId("knowing").checked = false;
    page.answers = data.answers;
    page.open = data.open;
    show();
  }
  if (data.kind === "told" && form) {
    byId("told").textContent = data.text;
    if (data.answered) {
      byId("remark").value = "";
      byId("knowing").checked = false;
      for (const radio of form.querySelectorAll("[name=answer]")) radio.checked = false;
      show();
    }
  }
});
`;
