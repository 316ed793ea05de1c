namespace MlNetRecurrent.Sequences.Groups;

/// <content>Listing, removing, writing and reading groups.</content>
internal abstract partial class GroupReader<TState>
{
    /// <summary>The groups of which something is kept. The key is null where all rows are one group.</summary>
    public abstract IEnumerable<(object? Key, TState State)> Groups();

    public abstract void Clear();

    /// <summary>Forgets the group of the current row.</summary>
    public abstract void RemoveCurrent();

    /// <summary>Whether <see cref="UndoNewest"/> may be called, which needs what is kept of the group before.</summary>
    public bool CanUndo { get; set; }

    /// <summary>Forgets the group that began last, as if its first row had not come.</summary>
    public abstract void UndoNewest();

    /// <summary>Forgets groups.</summary>
    public abstract void RemoveWhere(Func<TState, bool> isRemoved);

    /// <summary>Forgets all groups but those of the latest use.</summary>
    public void KeepLatest(int count, Func<TState, long> useOf)
    {
        long[] uses = [.. Groups().Select(group => useOf(group.State)).OrderDescending()];
        if (uses.Length > count)
            RemoveWhere(state => count == 0 || useOf(state) < uses[count - 1]);
    }

    /// <param name="writer">The writer.</param>
    /// <param name="write">Writes the data of a group.</param>
    public abstract void Write(BinaryWriter writer, Action<TState> write);

    /// <summary>Reads the output of <see cref="Write"/>, and returns an action that replaces the groups by it.</summary>
    /// <exception cref="EndOfStreamException">The stream ends early.</exception>
    /// <exception cref="InvalidDataException">The stream holds something else.</exception>
    public abstract Action Read(BinaryReader reader, Action<TState> read);

    private sealed partial class All
    {
        public override IEnumerable<(object? Key, TState State)> Groups() => _state is null ? [] : [(null, _state)];

        public override void Clear() => _state = null;

        public override void RemoveCurrent() => Clear();

        public override void UndoNewest() => Clear();

        public override void RemoveWhere(Func<TState, bool> isRemoved)
        {
            if (_state is not null && isRemoved(_state))
                Clear();
        }

        public override void Write(BinaryWriter writer, Action<TState> write) => write(_state ?? make());

        public override Action Read(BinaryReader reader, Action<TState> read)
        {
            TState state = make();
            read(state);
            return () => _state = state;
        }
    }

    private abstract class Keyed<TKey>(Func<TState> make, IEqualityComparer<TKey>? comparer = null) : GroupReader<TState>
        where TKey : notnull
    {
        protected Dictionary<TKey, TState?> _groups = new(comparer);

        /// <summary>The group that began last; nothing, which may be null, where none has begun.</summary>
        protected TKey _last = default!;

        private (TKey Key, TState? State)? _before;

        private bool KeepsLast => _last is not null && _groups.ContainsKey(_last);

        public override IEnumerable<(object? Key, TState State)> Groups()
        {
            foreach ((TKey key, TState? state) in _groups)
            {
                if (state is not null)
                    yield return (key, state);
            }
        }

        public override void Clear() => _groups.Clear();

        public override void RemoveCurrent() => _groups.Remove(ReadKey());

        public override void UndoNewest()
        {
            _groups.Remove(_last);
            if (_before is not { } before)
                return;
            _last = before.Key;
            if (_groups.ContainsKey(_last))
                _groups[_last] = before.State;
        }

        public override void RemoveWhere(Func<TState, bool> isRemoved)
        {
            foreach ((TKey key, TState? state) in _groups)
            {
                if (state is null || isRemoved(state))
                    _groups.Remove(key);
            }
        }

        public override void Write(BinaryWriter writer, Action<TState> write)
        {
            writer.Write(_groups.Count);
            foreach ((TKey key, TState? state) in _groups)
            {
                StateValue.Write(writer, key);
                writer.Write(state is not null);
                if (state is not null)
                    write(state);
            }
            writer.Write(KeepsLast);
            if (KeepsLast)
                StateValue.Write(writer, _last);
        }

        public override Action Read(BinaryReader reader, Action<TState> read)
        {
            var groups = new Dictionary<TKey, TState?>(comparer);
            int count = reader.ReadInt32();
            if (count < 0)
                throw new InvalidDataException($"The state is damaged: it has {count} groups.");
            for (int left = count; left > 0; left--)
            {
                TKey key = StateValue.Read<TKey>(reader);
                TState? state = reader.ReadBoolean() ? make() : null;
                if (!groups.TryAdd(key, state))
                    throw new InvalidDataException($"The state is damaged: group '{key}' occurs twice.");
                if (state is not null)
                    read(state);
            }
            TKey last = reader.ReadBoolean() ? StateValue.Read<TKey>(reader) : default!;
            return () => (_groups, _last) = (groups, last);
        }

        /// <summary>Begins a group.</summary>
        /// <param name="key">The group.</param>
        /// <param name="forgets">Whether the data of the group before it is dropped.</param>
        protected TState Begin(TKey key, bool forgets)
        {
            TState state = make();
            bool hasLast = KeepsLast;
            _before = hasLast && CanUndo ? (_last, _groups[_last]) : null;
            if (forgets && hasLast)
                _groups[_last] = null;
            _last = key;
            _groups.Add(key, state);
            return state;
        }

        /// <summary>The group of the current row.</summary>
        protected abstract TKey ReadKey();
    }
}
