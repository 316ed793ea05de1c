namespace MlNetRecurrent.Tasks;

/// <summary>What the network says of the row that a cursor stands on.</summary>
internal interface IScoredRow
{
    /// <summary>The number of the row, from 0.</summary>
    long Position { get; }

    /// <summary>The outputs, or those of each step, one after the other.</summary>
    ReadOnlyMemory<float> Outputs { get; }

    /// <summary>The units of the last layer, pooled, or those of each step.</summary>
    ReadOnlyMemory<float> Encoding { get; }

    /// <summary>What the last layer with stacks did at each step: [steps, stacks, actions].</summary>
    ReadOnlyMemory<float> StackActions { get; }
}
