using MlNetRecurrent.Sequences.Engines;

namespace MlNetRecurrent;

/// <summary>
/// Predicts row by row, as a <see cref="PredictionEngine{TSrc, TDst}"/> does, with a model whose <c>SlidingWindow</c>,
/// <c>GroupIntoSequences</c> or <c>FillMissingValues</c> keeps previous rows. These rows can be cleared, saved and loaded.
/// <see cref="SequenceEngineCatalog"/> creates the engines.
/// </summary>
/// <remarks>
/// An engine is thread-safe; calls are serialized. The <c>groupColumnName</c> of the transforms separates the rows of different users or
/// devices: store the user or device in a column, name it there, and share one engine. Do not pool engines of such a model: a pool hands
/// any engine to any caller, and each engine keeps the rows of its previous callers. Without a group column all rows are one series.
/// </remarks>
/// <typeparam name="TSource">The type of the rows.</typeparam>
/// <typeparam name="TDestination">The type of the predictions.</typeparam>
public sealed class SequenceEngine<TSource, TDestination> : IDisposable
    where TSource : class
    where TDestination : class, new()
{
    private readonly Lock _gate = new();
    private readonly List<IRowMemory> _memories = [];
    private readonly PredictionEngine<TSource, TDestination> _engine;

    internal SequenceEngine(Func<ITransformer, PredictionEngine<TSource, TDestination>> create, ITransformer model) =>
        _engine = create(StatefulModel.RegisterIn(_memories, model));

    /// <summary>The columns of a prediction.</summary>
    public DataViewSchema OutputSchema => _engine.OutputSchema;

    /// <summary>The number of groups whose rows are kept.</summary>
    public int NumberOfGroups
    {
        get
        {
            lock (_gate)
                return _memories.Count == 0 ? 0 : _memories.Max(memory => memory.NumberOfGroups);
        }
    }

    /// <summary>
    /// Adds a row to its group and predicts from the rows of the group so far. If an exception is thrown, the row is not kept, unless a
    /// network caused the exception, for example because of a missing value: windows keep such rows, as they do in a view.
    /// </summary>
    /// <param name="row">The row.</param>
    /// <returns>The prediction.</returns>
    /// <exception cref="InvalidOperationException">The row cannot be scored, or its order is checked and it comes before the last row of
    /// its group.</exception>
    public TDestination Predict(TSource row)
    {
        ArgumentNullException.ThrowIfNull(row);
        lock (_gate)
        {
            _memories.ForEach(memory => memory.Begin());
            try
            {
                return _engine.Predict(row);
            }
            catch (Exception e)
            {
                if (!KeptRow.Is(e))
                    _memories.ForEach(memory => memory.Undo());
                throw;
            }
        }
    }

    /// <summary>Clears the rows of all groups.</summary>
    public void Reset()
    {
        lock (_gate)
            _memories.ForEach(memory => memory.Clear());
    }

    /// <summary>Clears the rows of one group, for example when a user leaves or a device was serviced.</summary>
    /// <param name="row">Any row of the group. It is not kept.</param>
    public void Reset(TSource row)
    {
        ArgumentNullException.ThrowIfNull(row);
        lock (_gate)
        {
            try
            {
                // The group of a row is known where the row is read.
                _engine.Predict(row);
            }
            catch (Exception e) when (e is not OutOfMemoryException)
            {
                // A row out of order, or one that cannot be read in full or scored, has a group too.
            }
            _memories.ForEach(memory => memory.RemoveCurrent());
        }
    }

    /// <summary>
    /// Clears all groups except the most recently used ones, so that memory does not grow with users who do not return.
    /// </summary>
    /// <param name="numberToKeep">The number of groups to keep. At least 0.</param>
    public void ForgetGroups(int numberToKeep)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(numberToKeep);
        lock (_gate)
            _memories.ForEach(memory => memory.KeepLatest(numberToKeep));
    }

    /// <summary>Writes the rows of all groups to a stream.</summary>
    /// <param name="stream">A writable stream. It stays open.</param>
    public void SaveState(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        lock (_gate)
            StateFile.Write(stream, _memories);
    }

    /// <summary>
    /// Replaces the rows of all groups by those that <see cref="SaveState"/> wrote, so that predictions continue as if the program had not
    /// ended. If an exception is thrown, the rows do not change.
    /// </summary>
    /// <param name="stream">A readable stream. It stays open.</param>
    /// <exception cref="InvalidDataException">The stream holds no state, an incomplete or damaged one, or the state of a model whose
    /// transforms have other columns, groups or windows.</exception>
    public void LoadState(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        lock (_gate)
            StateFile.Read(stream, _memories);
    }

    /// <summary>Releases the engine.</summary>
    public void Dispose() => _engine.Dispose();
}
