// The header of every page: the name, the pages, language and theme.

import { LitElement, css, html, nothing } from 'lit';
import { languages, onLanguage, setLanguage, t } from '../texts/index.js';
import { language } from '../texts/language.js';
import { define, shared } from './element.js';
import { themeIcon } from '../templates/icons.js';

/** The pages of the site. A group's first page is the group's own page. */
const GROUPS = /** @type {const} */ ([
  [['lab', './']],
  [['why', './why.html']],
  [
    ['maps', './maps.html'],
    ['sweeps', './sweeps.html'],
    ['pictures', './pictures.html'],
  ],
  [
    ['teach', './teach.html'],
    ['embed', './embedding.html'],
    ['notebook', './notebook.html'],
    ['api', './api.html'],
  ],
]);

/** Returns the reader's earlier choice; private windows may have none. @param {string} key */
function remembered(key) {
  try {
    return sessionStorage.getItem(`init-lab.${key}`) ?? localStorage.getItem(`init-lab.${key}`);
  } catch {
    return null;
  }
}

/**
 * @param {string} key
 * @param {string} value
 * @param {boolean} [once] for this visit only
 */
function remember(key, value, once = false) {
  try {
    sessionStorage.setItem(`init-lab.${key}`, value);
    if (!once) localStorage.setItem(`init-lab.${key}`, value);
  } catch {
    // Not stored: the choice holds for this visit only.
  }
}

/**
 * A button instead of a link, because a link would put its target into the address, which holds the
 * experiment.
 */
const skipToMain = () => document.querySelector('main')?.focus();

export class SiteHeader extends LitElement {
  static properties = {
    current: {},
    alone: { type: Boolean },
    theme: { state: true },
  };
  static styles = [
    shared,
    css`
      header {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 0 1.5rem;
        max-width: 112rem; /* the lab's */
        min-height: 2.5rem;
        margin: 0 auto;
        border-bottom: 1px solid var(--line);
      }
      .name {
        font-weight: 650;
        text-decoration: none;
        letter-spacing: -0.01em;
      }
      .rest {
        flex: 1;
      }
      nav {
        flex: 1 1 auto;
      }
      nav div {
        display: flex;
        flex-wrap: wrap;
        gap: 0 1.25rem;
      }
      a {
        color: var(--quiet);
        text-decoration: none;
        white-space: nowrap;
        padding: 0.375rem 0;
      }
      @media (pointer: coarse) {
        a,
        .group a {
          display: grid;
          place-items: center;
          min-width: 2.75rem;
          min-height: 2.75rem;
          padding: 0;
        }
      }
      a:hover,
      a[aria-current] {
        color: var(--ink);
      }
      a[aria-current] {
        box-shadow: inset 0 -2px 0 var(--ink);
      }
      @media (forced-colors: active) {
        a[aria-current] {
          border-bottom: 2px solid Highlight;
        }
      }
      a.name {
        color: var(--ink);
      }
      .skip {
        position: absolute;
        left: -999rem;
      }
      .skip:focus {
        position: static;
      }
      .tools {
        display: flex;
        align-items: center;
        margin-left: auto;
        margin-right: -0.5rem;
      }
      select {
        border: 0;
        color: var(--quiet);
      }
      .group {
        display: flex;
        flex-wrap: wrap;
        gap: 0 1.25rem;
        max-width: 112rem;
        margin: 0 auto;
        border-bottom: 1px solid var(--line);
        font-size: var(--small);
      }
      .group a {
        padding: 0.5rem 0;
      }
      @media (max-width: 40rem) {
        header nav {
          order: 3;
          flex-basis: 100%;
          margin-top: -0.5rem;
        }
      }
    `,
  ];

  constructor() {
    super();
    this.current = '';
    /** Whether the page is a single file without other pages. */
    this.alone = false;
    this.theme = remembered('theme') ?? 'auto';
    /** The language in the address, if any, which links to other pages repeat. */
    this.asked = new URLSearchParams(location.search).get('lang');
    /**
     * The themes in the order of the clicks, undefined before the first click.
     * @type {string[] | undefined}
     */
    this.round = undefined;
    this.applyTheme();
    onLanguage(() => this.requestUpdate());
  }

  connectedCallback() {
    super.connectedCallback();
    const wanted = this.asked ?? remembered('language') ?? navigator.language.slice(0, 2);
    if (!Object.hasOwn(languages, wanted)) return;
    // Links outside the header also lead to the lab, so store the language for this visit.
    if (this.asked) remember('language', wanted, true);
    if (wanted !== 'en') setLanguage(wanted);
  }

  /** The pages of the open page's group. */
  get group() {
    return GROUPS.find((pages) => pages.some(([page]) => page === this.current)) ?? [];
  }

  updated() {
    if (this.current === 'lab' || this.alone) document.title = `${t('site.name')}: ${t('lab.question')}`;
  }

  applyTheme() {
    if (this.theme === 'auto') delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = this.theme;
  }

  /**
   * Switches the theme: first to the opposite of the visible one, which may be the system's, then
   * through all three.
   */
  nextTheme() {
    const seen = ['light', 'dark'];
    if (matchMedia('(prefers-color-scheme: dark)').matches) seen.reverse();
    const [same, opposite] = seen;
    this.round ??= this.theme === same ? [same, opposite, 'auto'] : ['auto', opposite, same];
    this.theme = this.round[(this.round.indexOf(this.theme) + 1) % 3];
    remember('theme', this.theme);
    this.applyTheme();
  }

  render() {
    const theme = t(/** @type {import('../texts/index.js').TextKey} */ (`nav.theme.${this.theme}`));
    const query = this.asked ? `?lang=${language.tag}` : '';
    const { group } = this;
    const link = (/** @type {readonly [string, string]} */ [page, address], /** @type {boolean} */ here) =>
      html`<a href=${address + query} aria-current=${here ? 'page' : nothing}
        >${t(/** @type {import('../texts/index.js').TextKey} */ (`nav.${page}`))}</a
      >`;
    return html`<header>
        <button type="button" class="skip" @click=${skipToMain}>${t('nav.skip')}</button>
        ${
          this.alone
            ? html`<span class="name">${t('site.name')}</span><span class="rest"></span>`
            : html`<a class="name" href="./${query}">${t('site.name')}</a>
                <nav aria-label=${t('nav.label')}>
                  <div>${GROUPS.map((pages) => link(pages[0], pages === group))}</div>
                </nav>`
        }
        <div class="tools">
          <slot></slot>
          <select
            aria-label=${t('nav.language')}
            @change=${(/** @type {Event} */ event) => {
              const tag = /** @type {HTMLSelectElement} */ (event.target).value;
              remember('language', tag);
              setLanguage(tag);
            }}
          >
            ${Object.entries(languages).map(
              ([tag, { name }]) =>
                html`<option value=${tag} lang=${tag} ?selected=${tag === language.tag}>${name}</option>`,
            )}
          </select>
          <button
            class="icon"
            aria-label="${t('nav.theme')}: ${theme}"
            title="${t('nav.theme')}: ${theme}"
            @click=${() => this.nextTheme()}
          >
            ${themeIcon}
          </button>
        </div>
      </header>
      ${
        group.length > 1 && !this.alone
          ? html`<nav class="group" aria-label=${t('nav.group')}>
              ${group.map((page) => link(page, page[0] === this.current))}
            </nav>`
          : nothing
      }`;
  }
}

define('site-header', SiteHeader);
