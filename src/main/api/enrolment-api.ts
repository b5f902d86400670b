import { enrolRecords, previewEnrolment } from '../workflow/enrolment-service.ts';
import type { createBase } from './base.ts';
import type { ApiParts } from './parts.ts';

export function enrolmentProcedures(
  os: ReturnType<typeof createBase>,
  { ports, connection, committer, wake }: ApiParts,
) {
  const { clock } = ports;
  return {
    enrolment: {
      preview: os.enrolment.preview.handler(({ input }) =>
        previewEnrolment(connection.reader, input.id, clock),
      ),
      start: os.enrolment.start.handler(({ input, context }) => {
        const { id, ...records } = input;
        const answer = committer.commit(context.actor, (unit) =>
          enrolRecords(unit, id, records, clock),
        );
        wake();
        return answer;
      }),
    },
  };
}
