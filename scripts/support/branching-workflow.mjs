/** A workflow with an entry condition, branches and a wait, as the pictures show one. */
export const branching = {
  name: 'Look after big deals',
  status: 'active',
  trigger_type: 'deal_created',
  conditions: {
    combinator: 'and',
    rules: [
      { field: 'deal.value', operator: 'notNull', value: '' },
      {
        combinator: 'or',
        rules: [
          { field: 'contact.tags', operator: 'hasNotTag', value: 'no automation' },
          { field: 'deal.stage', operator: 'in', value: ['proposal', 'negotiation'] },
        ],
      },
    ],
  },
  actions: [
    {
      type: 'if',
      config: {
        conditions: {
          combinator: 'and',
          rules: [{ field: 'deal.value', operator: '>', value: 5000 }],
        },
      },
      then: [
        {
          type: 'create_task',
          config: { title: 'Call {{contact.name}} about {{deal.title}}', due_date: '+1 day' },
        },
        { type: 'add_tag', config: { object: 'deal', tag: 'big' } },
      ],
      else: [{ type: 'add_tag', config: { object: 'deal', tag: 'small' } }],
    },
    {
      type: 'wait',
      config: { until_event: 'deal_won', timeout: '+7 days' },
      on_timeout: [
        {
          type: 'create_task',
          config: { title: 'Ask how {{deal.title}} goes', due_date: '+1 day' },
        },
      ],
    },
    {
      type: 'send_notification',
      config: { title: 'A week with {{deal.title}}', message: 'It is {{deal.stage_name}} now.' },
    },
  ],
};
