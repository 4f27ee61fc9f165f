// What the console knows about the rows of the API. All else is the same for every kind.
import { html } from './lit.js';
import { href } from './address.js';

const number = ['', 'ne', 'gt', 'gte', 'lt', 'lte'];
const text = ['contains', 'startsWith', '', 'ne'];
const time = ['gte', 'gt', 'lt', 'lte'];

export const operators = {
  '': 'is', ne: 'is not', gt: '>', gte: '≥', lt: '<', lte: '≤', contains: 'contains', startsWith: 'starts with',
  null: 'has no value',
};

export const when = value => html`<time datetime=${value} title=${value}>${new Date(value).toLocaleString([], {
  dateStyle: 'medium', timeStyle: 'short',
})}</time>`;

/**
 * search: the parameter of the search box
 * filters: the fields with their operators
 * columns: of the table; wide ones are left out where the screen is narrow
 * inputs: of the form
 */
export const kinds = {
  users: {
    one: 'user',
    name: row => row.name,
    search: { parameter: 'name:contains', label: 'Search names' },
    filters: { name: text, age: [...number, 'null'], id: number, createdAt: time, updatedAt: time, version: number },
    query: [['fields', 'id,name,age,createdAt']],
    columns: [
      { field: 'id', label: 'Id', cell: row => row.id },
      { field: 'name', label: 'Name', cell: row => html`<a href=${href('/users/' + row.id)}>${row.name}</a>` },
      { field: 'age', label: 'Age', cell: row => row.age ?? '–' },
      { field: 'createdAt', label: 'Created', wide: true, cell: row => when(row.createdAt) },
    ],
    inputs: [
      { name: 'name', label: 'Name' },
      { name: 'age', label: 'Age', hint: 'optional', number: true },
    ],
  },
  posts: {
    one: 'post',
    name: row => row.title,
    search: { parameter: 'q', label: 'Search posts' },
    filters: {
      title: text, content: text, userId: number, 'user.name': text, id: number, createdAt: time, updatedAt: time,
      version: number,
    },
    query: [['fields', 'id,title,userId,user.name,createdAt']],
    columns: [
      { field: 'id', label: 'Id', cell: row => row.id },
      { field: 'title', label: 'Title', cell: row => html`<a href=${href('/posts/' + row.id)}>${row.title}</a>` },
      { field: 'user.name', label: 'User', cell: row => html`<a href=${href('/users/' + row.userId)}>${row.user.name}</a>` },
      { field: 'createdAt', label: 'Created', wide: true, cell: row => when(row.createdAt) },
    ],
    inputs: [
      { name: 'title', label: 'Title' },
      { name: 'content', label: 'Content', long: true },
    ],
  },
};
