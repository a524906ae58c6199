// The methods of RoomService, AgentDispatchService and SIP that AICO calls. Each says what it takes, who may call it, what it does.

import {
  CreateAgentDispatchRequest, CreateRoomRequest, CreateSIPParticipantRequest, DataPacket, DeleteAgentDispatchRequest,
  DeleteRoomRequest, DeleteRoomResponse, DisconnectReason, ListAgentDispatchRequest, ListAgentDispatchResponse, ListParticipantsRequest,
  ListParticipantsResponse, ListRoomsRequest, ListRoomsResponse, MuteRoomTrackRequest, MuteRoomTrackResponse, RemoveParticipantResponse,
  RoomParticipantIdentity, SIPParticipantInfo, SendDataRequest, SendDataResponse, TransferSIPParticipantRequest, UpdateParticipantRequest,
  UpdateRoomMetadataRequest, UserPacket,
} from '@livekit/protocol';
import { Empty } from '@bufbuild/protobuf';
import { sendFromServer } from './data.mjs';
import { newId, participantId } from './ids.mjs';
import { mute } from './signal.mjs';
import { TwirpError } from './twirp.mjs';

const mayCreate = ({ video }) => Boolean(video?.roomCreate);
const mayList = ({ video }) => Boolean(video?.roomList);
const mayAdminister = ({ video }, { room }) => Boolean(video?.roomAdmin) && video.room === room;
const mayCall = ({ sip }) => Boolean(sip?.call);
const mayTransfer = (claims, { roomName }) => mayCall(claims) && mayAdminister(claims, { room: roomName });

export function roomService(server) {
  const { roomOf, participantOf } = lookups(server);
  return {
    'RoomService/CreateRoom': {
      request: CreateRoomRequest,
      allows: mayCreate,
      run: (request) => {
        if (!request.name) throw new TwirpError('invalid_argument', 'name is required');
        return server.rooms.open(request.name, request).info();
      },
    },
    'RoomService/ListRooms': {
      request: ListRoomsRequest,
      allows: mayList,
      run: ({ names }) => new ListRoomsResponse({
        rooms: server.rooms.list().filter((room) => names.length === 0 || names.includes(room.name)).map((room) => room.info()),
      }),
    },
    'RoomService/DeleteRoom': {
      request: DeleteRoomRequest,
      allows: mayCreate,
      run: ({ room }) => {
        server.rooms.close(roomOf(room), DisconnectReason.ROOM_DELETED);
        return new DeleteRoomResponse();
      },
    },
    'RoomService/ListParticipants': {
      request: ListParticipantsRequest,
      allows: mayAdminister,
      run: ({ room }) => new ListParticipantsResponse({
        participants: [...roomOf(room).participants.values()].map((participant) => participant.info()),
      }),
    },
    'RoomService/GetParticipant': {
      request: RoomParticipantIdentity,
      allows: mayAdminister,
      run: (request) => participantOf(request).info(),
    },
    'RoomService/RemoveParticipant': {
      request: RoomParticipantIdentity,
      allows: mayAdminister,
      run: (request) => {
        participantOf(request).remove(DisconnectReason.PARTICIPANT_REMOVED);
        return new RemoveParticipantResponse();
      },
    },
    'RoomService/MutePublishedTrack': {
      request: MuteRoomTrackRequest,
      allows: mayAdminister,
      run: (request) => {
        const track = mute(participantOf(request), request.trackSid, request.muted, { tellOwner: true });
        if (!track) throw new TwirpError('not_found', 'track is not published');
        return new MuteRoomTrackResponse({ track });
      },
    },
    'RoomService/UpdateParticipant': {
      request: UpdateParticipantRequest,
      allows: mayAdminister,
      run: (request) => {
        const participant = participantOf(request);
        if (request.permission) participant.permission = request.permission;
        participant.update(request);
        return participant.info();
      },
    },
    'RoomService/UpdateRoomMetadata': {
      request: UpdateRoomMetadataRequest,
      allows: mayAdminister,
      run: ({ room: name, metadata }) => {
        const room = roomOf(name);
        room.setMetadata(metadata);
        return room.info();
      },
    },
    'RoomService/SendData': {
      request: SendDataRequest,
      allows: mayAdminister,
      run: ({ room, data, kind, destinationIdentities, topic, nonce }) => {
        sendFromServer(roomOf(room), new DataPacket({
          kind,
          destinationIdentities,
          value: { case: 'user', value: new UserPacket({ payload: data, topic, nonce, destinationIdentities }) },
        }));
        return new SendDataResponse();
      },
    },
  };
}

export function agentDispatchService(server) {
  const { roomOf } = lookups(server);
  const infoOf = (dispatch) => server.dispatches.info(dispatch);
  return {
    'AgentDispatchService/CreateDispatch': {
      request: CreateAgentDispatchRequest,
      allows: mayAdminister,
      run: (request) => {
        // A dispatch makes its room; that room must not get the automatic one on top.
        const existing = server.rooms.get(request.room);
        if (existing) return infoOf(server.dispatches.create(existing, request));
        if (!server.options.autoCreate) throw new TwirpError('not_found', 'requested room does not exist');
        server.rooms.open(request.room, { agents: [request] });
        return infoOf(server.dispatches.of(request.room)[0]);
      },
    },
    'AgentDispatchService/DeleteDispatch': {
      request: DeleteAgentDispatchRequest,
      allows: mayAdminister,
      run: ({ room, dispatchId }) => {
        const dispatch = server.dispatches.remove(roomOf(room), dispatchId);
        if (!dispatch) throw new TwirpError('not_found', 'dispatch does not exist');
        return infoOf(dispatch);
      },
    },
    'AgentDispatchService/ListDispatch': {
      request: ListAgentDispatchRequest,
      allows: mayAdminister,
      run: ({ room, dispatchId }) => new ListAgentDispatchResponse({
        agentDispatches: server.dispatches.of(roomOf(room).name)
          .filter((dispatch) => !dispatchId || dispatch.id === dispatchId)
          .map(infoOf),
      }),
    },
  };
}

// No telephone is behind these: the journal keeps what was asked, and a rule for 'twirp' makes them fail.
export function sipService(server) {
  const { participantOf } = lookups(server);
  return {
    'SIP/CreateSIPParticipant': {
      request: CreateSIPParticipantRequest,
      allows: mayCall,
      run: ({ roomName, participantIdentity }) => new SIPParticipantInfo({
        participantId: participantId(), participantIdentity: participantIdentity || newId('sip_'), roomName, sipCallId: newId('SCL_'),
      }),
    },
    'SIP/TransferSIPParticipant': {
      request: TransferSIPParticipantRequest,
      allows: mayTransfer,
      run: ({ roomName, participantIdentity }) => {
        participantOf({ room: roomName, identity: participantIdentity });
        return new Empty();
      },
    },
  };
}

function lookups(server) {
  const roomOf = (name) => {
    const room = server.rooms.get(name);
    if (!room) throw new TwirpError('not_found', 'requested room does not exist');
    return room;
  };
  const participantOf = ({ room, identity }) => {
    const participant = roomOf(room).participants.get(identity);
    if (!participant) throw new TwirpError('not_found', 'participant does not exist');
    return participant;
  };
  return { roomOf, participantOf };
}
