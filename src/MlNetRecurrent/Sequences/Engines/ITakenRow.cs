namespace MlNetRecurrent.Sequences.Engines;

/// <summary>A row of a <c>PredictionEngine</c> that is remembered for the rows to come.</summary>
internal interface ITakenRow
{
    /// <summary>Forgets the current row, if it was taken.</summary>
    void Undo();
}
