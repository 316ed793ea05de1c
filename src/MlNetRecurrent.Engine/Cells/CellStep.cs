namespace MlNetRecurrent.Engine.Cells;

/// <summary>The sequences that run at a step, and the places of their rows in the buffers of the batch.</summary>
/// <param name="Time">The step, or the first of several.</param>
/// <param name="First">The first sequence.</param>
/// <param name="Rows">The number of sequences.</param>
/// <param name="Row">The first row in buffers of all steps.</param>
/// <param name="Gate">The first row in buffers of gates.</param>
/// <param name="Before">The first row, in buffers of states, of the states before the step.</param>
/// <param name="After">The first row, in buffers of states, of the states after the step.</param>
internal readonly record struct CellStep(int Time, int First, int Rows, nint Row, nint Gate, nint Before, nint After);
