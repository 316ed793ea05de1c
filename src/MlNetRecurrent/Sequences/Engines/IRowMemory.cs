namespace MlNetRecurrent.Sequences.Engines;

/// <summary>The rows, group by group, that a transform remembers for the rows to come.</summary>
internal interface IRowMemory
{
    /// <summary>
    /// A description of the rows: columns, groups, size of windows. A memory with the same signature can read them.
    /// </summary>
    string Signature { get; }

    int NumberOfGroups { get; }

    /// <summary>Another row begins, which <see cref="Undo"/> may take back.</summary>
    void Begin();

    /// <summary>Forgets the row that was taken since <see cref="Begin"/>, if there is one.</summary>
    void Undo();

    void Clear();

    /// <summary>Forgets the group of the current row.</summary>
    void RemoveCurrent();

    /// <summary>Forgets all groups but those whose last rows came last.</summary>
    void KeepLatest(int groups);

    void Write(BinaryWriter writer);

    /// <summary>Reads the output of <see cref="Write"/>, and returns an action that replaces the rows by it.</summary>
    /// <exception cref="EndOfStreamException">The stream ends early.</exception>
    /// <exception cref="InvalidDataException">The stream holds something else.</exception>
    Action Read(BinaryReader reader);
}
