using Microsoft.ML;
using MlNetRecurrent.Rows;
using MlNetRecurrent.Sequences.Engines;

namespace MlNetRecurrent;

/// <summary>
/// Predicts from one row after the other, as a <see cref="PredictionEngine{TSrc, TDst}"/> does, with a model whose <c>SlidingWindow</c> or
/// <c>GroupIntoSequences</c> remembers the rows so far. The rows can be forgotten, saved and loaded.
/// It is made by <see cref="SequenceEngineCatalog"/>.
/// </summary>
/// <remarks>
/// Any number of threads may use one engine; they take turns. Rows are kept apart by the <c>groupColumnName</c> of the transforms: make the
/// user or device a column, name it there, and share one engine. Do not pool engines of such a model: a
/// pool hands any engine to any caller, and each engine has the rows of those who happened to get it before. Without a group column all
/// rows are one series.
/// </remarks>
/// <typeparam name="TSource">The rows.</typeparam>
/// <typeparam name="TDestination">The predictions.</typeparam>
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

    /// <summary>The number of groups of which rows are remembered.</summary>
    public int NumberOfGroups
    {
        get
        {
            lock (_gate)
                return _memories.Count == 0 ? 0 : _memories.Max(memory => memory.NumberOfGroups);
        }
    }

    /// <summary>
    /// Remembers a row and predicts from the rows of its group so far. Where it throws, the row is not remembered, unless it was a network
    /// that refused it, for example for a missing value: windows keep such rows, as those of a view do.
    /// </summary>
    /// <param name="row">The row.</param>
    /// <exception cref="InvalidOperationException">The row cannot be scored, or comes before the last one of its group where the order is
    /// checked.</exception>
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

    /// <summary>Forgets all rows.</summary>
    public void Reset()
    {
        lock (_gate)
            _memories.ForEach(memory => memory.Clear());
    }

    /// <summary>Forgets the rows of one group, for example when a user leaves or a device was serviced.</summary>
    /// <param name="row">Any row of the group. It is not remembered.</param>
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
    /// Forgets all groups but those whose last rows came last, so that memory does not grow with users who do not come back.
    /// </summary>
    /// <param name="numberToKeep">The number of groups to keep. At least 0.</param>
    public void ForgetGroups(int numberToKeep)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(numberToKeep);
        lock (_gate)
            _memories.ForEach(memory => memory.KeepLatest(numberToKeep));
    }

    /// <summary>Writes the rows that are remembered, of all groups.</summary>
    /// <param name="stream">A stream that can be written. It stays open.</param>
    public void SaveState(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        lock (_gate)
            StateFile.Write(stream, _memories);
    }

    /// <summary>
    /// Takes the rows that <see cref="SaveState"/> wrote in the place of those that are remembered, so that predictions continue as if the
    /// program had not ended. Where it throws, nothing changes.
    /// </summary>
    /// <param name="stream">A stream that can be read. It stays open.</param>
    /// <exception cref="InvalidDataException">The stream holds no state, part of one, a damaged one, or one of a model whose transforms
    /// have other columns, groups or windows.</exception>
    public void LoadState(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        lock (_gate)
            StateFile.Read(stream, _memories);
    }

    /// <summary>Releases the engine.</summary>
    public void Dispose() => _engine.Dispose();
}
