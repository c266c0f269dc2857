/* Tables in a section: the menu in the person's language, and buttons for what it hides. */
(() => {
  const table = window.Handsontable;
  const words = JSON.parse(document.getElementById("klk-words")?.textContent || "{}").table;
  if (!table || !words) return;

  const { dictionaryKeys: keys, registerLanguageDictionary } = table.languages;
  registerLanguageDictionary(document.documentElement.lang, {
    [keys.CONTEXTMENU_ITEMS_ROW_ABOVE]: words.row_above,
    [keys.CONTEXTMENU_ITEMS_ROW_BELOW]: words.row_below,
    [keys.CONTEXTMENU_ITEMS_INSERT_LEFT]: words.col_left,
    [keys.CONTEXTMENU_ITEMS_INSERT_RIGHT]: words.col_right,
    [keys.CONTEXTMENU_ITEMS_REMOVE_ROW]: [words.remove_row, words.remove_rows],
    [keys.CONTEXTMENU_ITEMS_REMOVE_COLUMN]: [words.remove_col, words.remove_cols],
    [keys.CONTEXTMENU_ITEMS_UNDO]: words.undo,
    [keys.CONTEXTMENU_ITEMS_REDO]: words.redo,
  });

  function button(text, action) {
    const element = document.createElement("button");
    Object.assign(element, { type: "button", className: "klk-btn klk-btn--ghost klk-btn--small", textContent: text });
    element.addEventListener("click", action);
    return element;
  }

  table.hooks.add("afterInit", function addButtons() {
    const row = document.createElement("p");
    row.className = "klk-table-tools";
    row.append(
      button(words.add_row, () => this.alter("insert_row", this.countRows())),
      button(words.add_col, () => this.alter("insert_col", this.countCols())),
      button(words.drop_row, () => this.countRows() > 1 && this.alter("remove_row", this.countRows() - 1)),
      button(words.drop_col, () => this.countCols() > 1 && this.alter("remove_col", this.countCols() - 1)),
    );
    this.rootElement.after(row);
  });
})();
