namespace MlNetRecurrent.Tasks;

/// <summary>The results of a network for the row of a cursor.</summary>
internal interface IScoredRow
{
    /// <summary>The number of the row, from 0.</summary>
    long Position { get; }

    /// <summary>The predictions, or those of each step, one after the other.</summary>
    ReadOnlyMemory<float> Outputs { get; }

    /// <summary>A quantity inside of the network, by name [its steps, or 1, its dimensions].</summary>
    ReadOnlyMemory<float> Inspect(string inspection);
}
